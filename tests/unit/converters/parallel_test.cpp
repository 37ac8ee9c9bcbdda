// Order, bounds and failures of work on several threads.
#include "bibmill/parallel.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace bibmill {
namespace {

struct Job {
  int number = 0;
  int result = 0;
};

class Parallel : public testing::TestWithParam<std::size_t> {};

TEST_P(Parallel, ResultsComeInOrder) {
  int next = 0;
  std::vector<int> results;
  OrderedWork<Job> work(GetParam());
  work.run(
      [&](Job& job) {
        job.number = next++;
        return job.number < 1000;
      },
      [](Job& job, std::size_t) {
        volatile int spin = job.number % 10 * 100;  // jobs of different length overtake each other
        while (spin > 0) spin = spin - 1;
        job.result = job.number * 2;
      },
      [&](Job& job) {
        results.push_back(job.result);
        return Flow::Continue;
      });
  ASSERT_EQ(results.size(), 1000U);
  for (int n = 0; n < 1000; ++n) ASSERT_EQ(results[static_cast<std::size_t>(n)], 2 * n);
}

TEST_P(Parallel, AFailureComesOutInItsTurn) {
  for (const std::string where : {"fill", "do", "join"}) {
    int next = 0;
    int joined = 0;
    OrderedWork<Job> work(GetParam());
    const auto fill = [&](Job& job) {
      if (where == "fill" && next == 20) throw std::runtime_error("fill");
      job.number = next++;
      return true;
    };
    const auto act = [&](Job& job, std::size_t) {
      if (where == "do" && job.number == 20) throw std::runtime_error("do");
    };
    const auto join = [&](Job&) {
      if (where == "join" && joined == 20) throw std::runtime_error("join");
      ++joined;
      return Flow::Continue;
    };
    try {
      work.run(fill, act, join);
      ADD_FAILURE() << "nothing was thrown";
    } catch (const std::runtime_error& error) {
      EXPECT_EQ(error.what(), where);
    }
    EXPECT_EQ(joined, 20) << where;
  }
}

TEST_P(Parallel, StopsWhenAsked) {
  int joined = 0;
  OrderedWork<Job> work(GetParam());
  const Flow flow = work.run([](Job&) { return true; }, [](Job&, std::size_t) {},
                             [&](Job&) { return ++joined == 5 ? Flow::Stop : Flow::Continue; });
  EXPECT_EQ(flow, Flow::Stop);
  EXPECT_EQ(joined, 5);
}

INSTANTIATE_TEST_SUITE_P(Threads, Parallel, testing::Values(1, 2, 8));

}  // namespace
}  // namespace bibmill
