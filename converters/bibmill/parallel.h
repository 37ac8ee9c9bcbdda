// Work on several threads, results in order.
//
// Jobs live in a ring of slots and are used again and again. The caller's thread fills them and takes them back in the order in which it filled them; workers
// do what lies between. With one thread everything runs on the caller's: the same calls, in the same order, so the same bytes.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "bibmill/format.h"
#include "bibmill/text/function_ref.h"

namespace bibmill {

template <class Job>
class OrderedWork {
 public:
  /// Fills a job; false: there is none.
  using Fill = text::FunctionRef<bool(Job&)>;
  /// Does it. `worker` counts from 0; a worker does one job at a time.
  using Do = text::FunctionRef<void(Job&, std::size_t worker)>;
  /// Takes the result. Stop: no further job is filled, those that are under way are thrown away.
  using Join = text::FunctionRef<Flow(Job&)>;

  /// `threads` 1 works without threads. An exception of any of the three comes out of run(), in the order of the jobs.
  explicit OrderedWork(std::size_t threads) : threads_(threads), slots_(threads <= 1 ? 1 : threads + 2) {}

  Flow run(Fill fill, Do work, Join join) { return threads_ <= 1 ? run_here(fill, work, join) : run_threads(fill, work, join); }

 private:
  enum class State : unsigned char { Empty, Filled, Taken, Done };
  struct Slot {
    Job job;
    State state = State::Empty;
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

  Flow run_threads(Fill fill, Do work, Join join) {
    const Crew crew(*this, work);
    std::size_t filled = 0;
    std::size_t joined = 0;
    bool more = true;
    std::exception_ptr no_more_because;  // comes out once all that was filled before is joined, as it would with one thread
    for (;;) {
      while (more && filled - joined < slots_.size()) {
        try {
          more = fill(slot(filled).job);
        } catch (...) {
          no_more_because = std::current_exception();
          more = false;
        }
        if (more) change(slot(filled++), State::Filled);
      }
      if (filled == joined) break;
      Slot& oldest = slot(joined++);
      wait_for(oldest);
      if (oldest.failure) std::rethrow_exception(oldest.failure);
      if (join(oldest.job) == Flow::Stop) return Flow::Stop;
      change(oldest, State::Empty);
    }
    if (no_more_because) std::rethrow_exception(no_more_because);
    return Flow::Continue;
  }

  /// The threads; gone when it is, on whatever way.
  class Crew {
   public:
    Crew(OrderedWork& owner, Do work) : owner_(&owner) {
      owner.next_ = 0;
      owner.stop_ = false;
      for (Slot& slot : owner.slots_) slot.state = State::Empty, slot.failure = nullptr;
      for (std::size_t worker = 0; worker < owner.threads_; ++worker)
        threads_.emplace_back([&owner, work, worker] { owner.work_on(work, worker); });
    }
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;
    ~Crew() {
      {
        const std::lock_guard lock(owner_->mutex_);
        owner_->stop_ = true;
      }
      owner_->offered_.notify_all();
      for (std::thread& thread : threads_) thread.join();
    }

   private:
    OrderedWork* owner_;
    std::vector<std::thread> threads_;
  };

  Slot& slot(std::size_t number) { return slots_[number % slots_.size()]; }

  void change(Slot& slot, State state) {
    {
      const std::lock_guard lock(mutex_);
      slot.state = state;
    }
    if (state == State::Filled) offered_.notify_one();
  }

  void wait_for(Slot& slot) {
    std::unique_lock lock(mutex_);
    awaited_ = &slot;
    done_.wait(lock, [&] { return slot.state == State::Done; });
    awaited_ = nullptr;
  }

  void work_on(Do work, std::size_t worker) {
    std::unique_lock lock(mutex_);
    for (;;) {
      offered_.wait(lock, [&] { return stop_ || slot(next_).state == State::Filled; });
      if (stop_) return;
      Slot& mine = slot(next_++);
      mine.state = State::Taken;
      lock.unlock();
      try {
        work(mine.job, worker);
      } catch (...) {
        mine.failure = std::current_exception();
      }
      lock.lock();
      mine.state = State::Done;
      if (awaited_ != &mine) continue;
      // Without the lock, or the caller would wake only to wait for it.
      lock.unlock();
      done_.notify_one();
      lock.lock();
    }
  }

  std::size_t threads_;
  std::vector<Slot> slots_;
  std::mutex mutex_;
  std::condition_variable offered_;
  std::condition_variable done_;
  std::size_t next_ = 0;           // the slot that the next free worker takes
  const Slot* awaited_ = nullptr;  // the slot that the caller waits for: others are done without waking it
  bool stop_ = false;
};

}  // namespace bibmill
