// The directory at the archive's end, and zlib's inflate over a member. What the directory says of a member bounds what is unpacked.
#include "zip_archive.h"

#include <algorithm>
#include <memory>
#include <new>

#include <fmt/format.h>
#include <zlib.h>

#include "bibmill/errors.h"

namespace bibmill {

namespace {

constexpr std::string_view kEndMark = "PK\5\6";
constexpr std::string_view kEntryMark = "PK\1\2";
constexpr std::string_view kMemberMark = "PK\3\4";
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kEntrySize = 46;
constexpr std::size_t kMemberSize = 30;
/// The end's comment has a length of two bytes.
constexpr std::uint64_t kLongestEnd = kEndSize + 0xffff;
constexpr std::uint64_t kLargestDirectory = std::uint64_t{16} << 20;
/// What is no larger may unpack to as much as it can.
constexpr std::uint64_t kSmallMember = std::uint64_t{1} << 20;

constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;

/// Numbers are little-endian.
std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t digit = size; digit-- > 0;) value = (value << 8U) | static_cast<unsigned char>(bytes[at + digit]);
  return value;
}
std::uint16_t word(std::string_view bytes, std::size_t at) { return static_cast<std::uint16_t>(number(bytes, at, 2)); }
std::uint32_t long_word(std::string_view bytes, std::size_t at) { return number(bytes, at, 4); }

/// Exactly `size` bytes of it; shorter if it is damaged.
std::string inflated(std::string_view packed, std::uint64_t size) {
  z_stream z{};
  if (inflateInit2(&z, -MAX_WBITS) != Z_OK) throw std::bad_alloc();
  const std::unique_ptr<z_stream, decltype(&inflateEnd)> guard(&z, &inflateEnd);
  std::string text(size, '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));  // zlib does not write to it
  z.avail_in = static_cast<uInt>(packed.size());
  z.next_out = reinterpret_cast<Bytef*>(text.data());
  z.avail_out = static_cast<uInt>(text.size());
  if (inflate(&z, Z_FINISH) != Z_STREAM_END) text.clear();
  text.resize(std::min<std::size_t>(text.size(), z.total_out));
  return text;
}

}  // namespace

ZipArchive::ZipArchive(const std::string& path) : path_(path), file_(path, std::ios::binary) {
  if (!file_) throw InputError(fmt::format("cannot read {}", path));
  file_.seekg(0, std::ios::end);
  const std::streamoff size = file_.tellg();
  if (!file_ || size < 0) refuse("it cannot be read from its end");
  file_size_ = static_cast<std::uint64_t>(size);
  read_directory();
}

void ZipArchive::refuse(std::string_view why) const { throw InputError(fmt::format("{} is no archive that can be read: {}", path_, why)); }

std::string ZipArchive::bytes(std::uint64_t offset, std::uint64_t size) {
  if (offset > file_size_ || size > file_size_ - offset) refuse("it ends too early");
  std::string text(size, '\0');
  file_.seekg(static_cast<std::streamoff>(offset));
  file_.read(text.data(), static_cast<std::streamsize>(size));
  if (!file_) throw InputError(fmt::format("cannot read {}", path_));
  return text;
}

void ZipArchive::read_directory() {
  const std::uint64_t tail_begin = file_size_ - std::min(file_size_, kLongestEnd);
  const std::string tail = bytes(tail_begin, file_size_ - tail_begin);
  const std::size_t at = tail.size() < kEndSize ? std::string::npos : tail.rfind(kEndMark, tail.size() - kEndSize);
  if (at == std::string::npos) refuse("it has no directory");
  const std::uint64_t size = long_word(tail, at + 12);
  if (size > kLargestDirectory) refuse("its directory is too large");
  const std::string directory = bytes(long_word(tail, at + 16), size);
  for (std::size_t entry = 0; entry + kEntrySize <= directory.size();) {
    const std::string_view rest = std::string_view(directory).substr(entry);
    const std::size_t name_size = word(rest, 28);
    const std::size_t length = kEntrySize + name_size + word(rest, 30) + word(rest, 32);
    if (!rest.starts_with(kEntryMark) || length > rest.size()) refuse("its directory is damaged");
    members_.push_back({std::string(rest.substr(kEntrySize, name_size)), long_word(rest, 42), long_word(rest, 20), long_word(rest, 24), long_word(rest, 16), word(rest, 10), (word(rest, 8) & 1U) != 0});
    entry += length;
  }
}

std::vector<std::string_view> ZipArchive::names() const {
  std::vector<std::string_view> all;
  for (const Member& member : members_) all.push_back(member.name);
  return all;
}

void ZipArchive::check(const Member& member) const {
  if (member.encrypted) refuse("it is encrypted");
  if (member.method != kStored && member.method != kDeflated) refuse(fmt::format("{} is packed in a way that is not known", member.name));
  if (member.method == kStored && member.size != member.packed) refuse(fmt::format("{} has two sizes", member.name));
  if (member.size > kLargestMember) refuse(fmt::format("{} is larger than {} bytes", member.name, kLargestMember));
  if (member.size > kSmallMember && member.size / kLargestRatio > member.packed) refuse(fmt::format("{} would unpack to more than {} times its size", member.name, kLargestRatio));
}

std::uint64_t ZipArchive::content_begin(const Member& member) {
  const std::string head = bytes(member.offset, kMemberSize);
  if (!std::string_view(head).starts_with(kMemberMark)) refuse(fmt::format("{} does not stand where its directory says", member.name));
  return member.offset + kMemberSize + word(head, 26) + word(head, 28);
}

std::string ZipArchive::content(std::string_view name) {
  const auto member = std::find_if(members_.begin(), members_.end(), [&](const Member& each) { return each.name == name; });
  if (member == members_.end()) refuse(fmt::format("it has no {}", name));
  check(*member);
  std::string packed = bytes(content_begin(*member), member->packed);
  std::string text = member->method == kStored ? std::move(packed) : inflated(packed, member->size);
  const uLong checksum = crc32(crc32(0, nullptr, 0), reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size()));
  if (text.size() != member->size || checksum != member->checksum) refuse(fmt::format("{} is damaged", member->name));
  return text;
}

}  // namespace bibmill
