// Lock files: digests that others can check, and what differs is named.
#include "bibmill/lock_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "bibmill/digest.h"
#include "bibmill/errors.h"
#include "harness.h"

namespace bibmill {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Digest, IsThatOfTheStandard) {
  // The examples of FIPS 180-2: one block, two blocks, nothing; and more than a buffer.
  const mock::Folder folder;
  EXPECT_EQ(sha256_of_file(folder.file("a", "abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_of_file(folder.file("b", "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")), "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_of_file(folder.file("c", "")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_of_file(folder.file("d", std::string(1'000'000, 'a'))), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  EXPECT_THROW(sha256_of_file(folder.path("none")), InputError);
}

/// A pipeline with a manuscript that includes another file, and a file that a step writes.
class Lock : public testing::Test {
 protected:
  Lock() {
    std::filesystem::create_directory(folder_.path("paper"));
    folder_.file("paper/a.ris", "TY  - JOUR\nER  - \n");
    folder_.file("paper/main.tex", "\\input{part}\n");
    folder_.file("paper/part.tex", "\\cite{a}\n");
    folder_.file("paper/keys.tsv", "old\n");
    yaml_ = folder_.file("paper/p.yaml", "inputs: [a.ris]\nsteps: [{dedupe: {map: keys.tsv}}, cited: main.tex]\noutputs: [b.bib]\n");
    lock_ = lock_path(yaml_);
    read_ = files_read(read_pipeline(yaml_, {}), {{folder_.path("paper/keys.tsv"), {}}});
    made_ = make_lock(lock_, read_, "bibmill 1");
  }

  LockFile written_and_read() { return read_lock(folder_.file("paper/p.lock", lock_as_json(made_))); }
  std::vector<std::string> changed(const std::string& name, const std::string& bytes) {
    folder_.file(name, bytes);
    return differences(written_and_read(), lock_, "bibmill 1", files_read_first(read_pipeline(yaml_, {})));
  }

  mock::Folder folder_;
  std::string yaml_;
  std::string lock_;
  std::vector<std::string> read_;
  LockFile made_;
};

TEST_F(Lock, HoldsWhatIsReadAndNotWhatIsWritten) {
  EXPECT_EQ(lock_, folder_.path("paper/p.lock"));
  std::vector<std::string> names;
  for (const auto& [name, digest] : written_and_read().files) names.push_back(name);
  EXPECT_THAT(names, ElementsAre("a.ris", "main.tex", "p.yaml", "part.tex"));
  EXPECT_EQ(written_and_read().files, made_.files);
  EXPECT_EQ(written_and_read().program, "bibmill 1");
}

TEST_F(Lock, NamesWhatDiffers) {
  EXPECT_THAT(changed("paper/keys.tsv", "new\n"), IsEmpty());
  EXPECT_THAT(changed("paper/part.tex", "\\cite{b}\n"), ElementsAre("part.tex is not what it was"));
  std::filesystem::remove(folder_.path("paper/part.tex"));
  EXPECT_THAT(differences(made_, lock_, "bibmill 2", {}), ElementsAre("it was written by bibmill 1, and this is bibmill 2", "part.tex is gone"));
}

TEST_F(Lock, NamesStrangers) {
  folder_.file("paper/c.ris", "");
  folder_.file("paper/p.yaml", "inputs: ['*.ris']\nsteps: [{dedupe: {map: keys.tsv}}]\noutputs: [b.bib]\n");
  const Pipeline now = read_pipeline(yaml_, {});
  EXPECT_THAT(differences(made_, lock_, "bibmill 1", files_read_first(now)), ElementsAre("p.yaml is not what it was", "c.ris is read, and was not"));
  EXPECT_THAT(strangers(made_, lock_, files_read(now, {{folder_.path("paper/keys.tsv"), {}}})), ElementsAre("c.ris is read, and was not", "main.tex is not read any more", "part.tex is not read any more"));
}

TEST_F(Lock, RefusesWhatIsNoLock) {
  EXPECT_THROW(read_lock(folder_.path("none.lock")), InputError);
  EXPECT_THROW(read_lock(folder_.file("x.lock", "[]")), UsageError);
  EXPECT_THROW(read_lock(folder_.file("y.lock", "{\"program\": \"bibmill 1\"}")), UsageError);
  EXPECT_THROW(read_lock(folder_.file("z.lock", "{\"program\": \"bibmill 1\", \"files\": {\"a\": \"md5:1\"}}")), UsageError);
  EXPECT_THROW(make_lock(lock_, {"-"}, "bibmill 1"), InputError);
}

}  // namespace
}  // namespace bibmill
