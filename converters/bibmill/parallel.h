// Work on several threads, results in order.
//
// Jobs live in a ring of slots and are used again and again. Every thread, the caller's among them, fills a job, does it and joins what is done, so that what it
// has read is still in its core's cache when it works on it. Filling and joining go in the order of the jobs and are never done by two threads at once; the
// rest is. With one thread it is the same calls in the same order, so the same bytes.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "bibmill/format.h"
#include "bibmill/text/function_ref.h"

namespace bibmill {

template <class Job>
class OrderedWork {
 public:
  /// Fills a job; false: there is none. Any thread, one at a time.
  using Fill = text::FunctionRef<bool(Job&)>;
  /// Does it. `worker` counts from 0; a worker does one job at a time.
  using Do = text::FunctionRef<void(Job&, std::size_t worker)>;
  /// Takes the result. Stop: no further job is filled, those that are under way are thrown away. Any thread, one at a time, and never beside a fill.
  using Join = text::FunctionRef<Flow(Job&)>;

  /// `threads` 1 works without threads. An exception of any of the three comes out of run(), in the order of the jobs.
  explicit OrderedWork(std::size_t threads) : threads_(threads), slots_(threads <= 1 ? 1 : threads + 2) {}

  Flow run(Fill fill, Do work, Join join) { return threads_ <= 1 ? run_here(fill, work, join) : Crew(*this, fill, work, join).run(); }

 private:
  struct Slot {
    Job job;
    bool done = false;
    std::exception_ptr failure;
  };

  Flow run_here(Fill fill, Do work, Join join) {
    Job& job = slots_.front().job;
    while (fill(job)) {
      work(job, 0);
      if (join(job) == Flow::Stop) return Flow::Stop;
    }
    return Flow::Continue;
  }

  /// The threads of one run.
  class Crew {
   public:
    Crew(OrderedWork& owner, Fill fill, Do work, Join join) : slots_(owner.slots_), threads_(owner.threads_), fill_(fill), work_(work), join_(join) {}

    Flow run() {
      std::vector<std::thread> others;
      // Where the system has no more threads, those that it gave do the work.
      try {
        for (std::size_t worker = 1; worker < threads_; ++worker) others.emplace_back([this, worker] { take_part(worker); });
      } catch (const std::system_error&) {
      }
      take_part(0);
      for (std::thread& thread : others) thread.join();
      if (failure_) std::rethrow_exception(failure_);
      return flow_;
    }

   private:
    void take_part(std::size_t worker) {
      std::unique_lock lock(mutex_);
      for (;;) {
        join_what_is_done();
        if (over_) return;
        if (Slot* const mine = fill_next()) {
          lock.unlock();
          do_job(*mine, worker);
          lock.lock();
          mine->done = true;
        } else if (joined_ == filled_) {
          end(no_more_because_);
        } else {
          changed_.wait(lock);
        }
      }
    }

    void do_job(Slot& mine, std::size_t worker) {
      try {
        work_(mine.job, worker);
      } catch (...) {
        mine.failure = std::current_exception();
      }
    }

    void join_what_is_done() {
      const std::size_t before = joined_;
      while (!over_ && joined_ < filled_ && slot(joined_).done) join_oldest(slot(joined_));
      if (joined_ != before) changed_.notify_all();
    }

    void join_oldest(Slot& oldest) {
      if (oldest.failure) return end(oldest.failure);
      try {
        if (join_(oldest.job) == Flow::Stop) {
          flow_ = Flow::Stop;
          return end(nullptr);
        }
      } catch (...) {
        return end(std::current_exception());
      }
      ++joined_;
    }

    /// Nullptr: there is no job, or no slot is free.
    Slot* fill_next() {
      if (!more_ || filled_ - joined_ == slots_.size()) return nullptr;
      Slot& next = slot(filled_);
      try {
        more_ = fill_(next.job);
      } catch (...) {
        no_more_because_ = std::current_exception();
        more_ = false;
      }
      if (!more_) return nullptr;
      next.done = false;
      next.failure = nullptr;
      ++filled_;
      return &next;
    }

    void end(std::exception_ptr because) {
      over_ = true;
      failure_ = std::move(because);
      changed_.notify_all();
    }

    Slot& slot(std::size_t number) { return slots_[number % slots_.size()]; }

    std::vector<Slot>& slots_;
    std::size_t threads_;
    Fill fill_;
    Do work_;
    Join join_;

    std::mutex mutex_;                 // held but for the work on a job
    std::condition_variable changed_;  // a slot is free, or all is over
    std::size_t filled_ = 0;
    std::size_t joined_ = 0;
    bool more_ = true;
    bool over_ = false;
    std::exception_ptr no_more_because_;  // comes out once all that was filled before is joined, as it would with one thread
    std::exception_ptr failure_;
    Flow flow_ = Flow::Continue;
  };

  std::size_t threads_;
  std::vector<Slot> slots_;
};

}  // namespace bibmill
