// Cutting a text between records.
#include "bibmill/chunker.h"

#include <algorithm>
#include <optional>

namespace bibmill {

namespace {

/// Enough of a record that is too large to know how it is nested.
constexpr std::size_t kSkippedHead = 64 * 1024;
/// Kept from one piece of skipped text to the next, so that a record's beginning is not torn.
constexpr std::size_t kOverlap = 4 * 1024;

}  // namespace

bool Chunker::next(Chunk& chunk) {
  if (done_) return false;
  begin(chunk);
  skipped_head_.empty() ? find_next(chunk) : skip(chunk);
  if (scan_ != nullptr && !chunk.skipped) {
    scan_->scan(input_->source(), chunk.text, chunk.offset);
    scan_->tell(chunk.foregoing);
  }
  return true;
}

void Chunker::find_next(Chunk& chunk) {
  for (std::size_t size = part_size_;; size = chunk.text.size() * 2) {
    fill(chunk, size);
    const bool too_large = chunk.text.size() > max_record_;
    if (ended_ && !too_large) {
      hand_out(chunk, chunk.text.size());
      return;
    }
    const std::size_t cut = cut_of(chunk.text);
    if (cut > 0) {
      hand_out(chunk, std::min(cut, chunk.text.size()));
      return;
    }
    if (too_large) {
      begin_skip(chunk);
      return;
    }
  }
}

void Chunker::begin(Chunk& chunk) {
  // A giant part's memory is not kept for all the small ones that follow.
  if (chunk.memory.capacity() > 8 * part_size_) chunk.memory = {};
  chunk.memory.clear();
  chunk.memory.append(rest_);
  chunk.guessed.clear();
  chunk.offset = offset_;
  chunk.first = first_;
  chunk.last = false;
  chunk.skipped = false;
  chunk.begins_skip = false;
  chunk.foregoing.definitions = true;
  chunk.foregoing.repeated.clear();
  if (scan_ == nullptr) chunk.foregoing.notes.reset();
}

/// Where the text can be cut as far behind as possible; 0: nowhere.
std::size_t Chunker::cut_of(std::string_view text) {
  if (cuts_ == nullptr) return split(text);
  std::vector<Cuts::Answer>& answers = cuts_->answers;
  if (asked_ == answers.size()) answers.push_back({});
  Cuts::Answer& answer = answers[asked_++];
  const std::uint64_t end = offset_ + text.size();
  if (answer.begin != offset_ || answer.end != end) answer = {offset_, end, split(text)};
  return answer.cut;
}

std::size_t Chunker::split(std::string_view text) const {
  const std::optional<std::size_t> cut = scan_ == nullptr ? std::nullopt : scan_->scan_to_cut(input_->source(), text, offset_);
  return cut ? *cut : format_->split(text, text.size());
}

void Chunker::fill(Chunk& chunk, std::size_t size) {
  // Once, with room for a last piece that goes beyond, so that the text is neither moved nor its memory doubled.
  chunk.memory.reserve(size + Input::kRoom);
  while (!ended_ && chunk.memory.size() < size) ended_ = !input_->read(chunk.memory);
  chunk.text = chunk.memory.view();
}

/// The part is what stands before the cut; the rest waits.
void Chunker::hand_out(Chunk& chunk, std::size_t cut) {
  rest_.assign(chunk.text.substr(cut));
  chunk.text.remove_suffix(rest_.size());
  offset_ += cut;
  first_ = false;
  done_ = ended_ && rest_.empty();
  chunk.last = done_;
  for (const Span& place : input_->guessed())
    if (place.begin < offset_) chunk.guessed.push_back(place);
  input_->forget_guessed(offset_);
}

/// A record is too large most often for one value without an end. Its head, kept, shows the format the same nesting as the whole would.
void Chunker::begin_skip(Chunk& chunk) {
  skipped_head_.assign(chunk.text, 0, text::code_point_begin(chunk.text, std::min(kSkippedHead, chunk.text.size())));
  chunk.skipped = true;
  chunk.begins_skip = true;
  hand_out(chunk, chunk.text.size());
}

void Chunker::skip(Chunk& chunk) {
  chunk.skipped = true;
  fill(chunk, std::max(part_size_, 2 * kOverlap));
  probe_.assign(skipped_head_);
  probe_.append(chunk.text);
  const std::size_t cut = format_->split(probe_, 0);
  if (cut > skipped_head_.size()) {
    hand_out(chunk, cut - skipped_head_.size());
    skipped_head_.clear();
    probe_ = {};
  } else if (ended_) {
    hand_out(chunk, chunk.text.size());
  } else {
    hand_out(chunk, text::code_point_begin(chunk.text, chunk.text.size() - kOverlap));
  }
}

}  // namespace bibmill
