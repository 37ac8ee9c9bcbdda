// Work on several threads, results in order.
//
// Jobs live in a ring of slots and are used again and again. Every thread, the caller's among them, fills a job, does it and joins what is done, so that what it
// has read is still in its core's cache when it works on it. Filling goes in the order of the jobs, and so does joining; neither is done by two threads at once, but
// one may fill while another joins. With one thread it is the same calls in the same order, so the same bytes.
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
  /// Takes the result. Stop: no further job is filled, those that are under way are thrown away. Any thread, one at a time.
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
    /// The next thing to do is chosen under the lock; whatever takes long is done without it.
    void take_part(std::size_t worker) {
      std::unique_lock lock(mutex_);
      while (!over_) {
        if (can_join()) {
          join_oldest(lock);
        } else if (can_fill()) {
          if (Slot* const mine = fill_next(lock)) do_job(*mine, worker, lock);
        } else if (!more_ && !filling_ && joined_ == filled_) {
          end(no_more_because_);
        } else {
          wait(lock);
        }
      }
    }

    bool can_join() { return !joining_ && joined_ < filled_ && slot(joined_).done; }
    bool can_fill() const { return !filling_ && more_ && filled_ - joined_ < slots_.size(); }

    void wait(std::unique_lock<std::mutex>& lock) {
      ++waiting_;
      changed_.wait(lock);
      --waiting_;
    }

    void do_job(Slot& mine, std::size_t worker, std::unique_lock<std::mutex>& lock) {
      lock.unlock();
      try {
        work_(mine.job, worker);
      } catch (...) {
        mine.failure = std::current_exception();
      }
      lock.lock();
      mine.done = true;
    }

    void join_oldest(std::unique_lock<std::mutex>& lock) {
      Slot& oldest = slot(joined_);
      if (oldest.failure) return end(oldest.failure);
      joining_ = true;
      lock.unlock();
      Flow flow = Flow::Stop;
      std::exception_ptr failure;
      try {
        flow = join_(oldest.job);
      } catch (...) {
        failure = std::current_exception();
      }
      lock.lock();
      joining_ = false;
      flow_ = flow;
      if (flow == Flow::Stop) return end(failure);
      ++joined_;
      wake();
    }

    /// Nullptr: there was no job, or nobody wants it any more.
    Slot* fill_next(std::unique_lock<std::mutex>& lock) {
      Slot& next = slot(filled_);
      filling_ = true;
      lock.unlock();
      bool more = false;
      std::exception_ptr failure;
      try {
        more = fill_(next.job);
      } catch (...) {
        failure = std::current_exception();
      }
      lock.lock();
      filling_ = false;
      more_ = more;
      no_more_because_ = failure;
      wake();
      if (!more || over_) return nullptr;
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

    void wake() {
      if (waiting_ > 0) changed_.notify_all();
    }

    Slot& slot(std::size_t number) { return slots_[number % slots_.size()]; }

    std::vector<Slot>& slots_;
    std::size_t threads_;
    Fill fill_;
    Do work_;
    Join join_;

    std::mutex mutex_;                 // of all that follows; not held while a job is filled, done or joined
    std::condition_variable changed_;  // there is something to fill or to join, or all is over
    std::size_t waiting_ = 0;          // threads
    bool filling_ = false;
    bool joining_ = false;
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
