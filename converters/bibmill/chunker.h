// Chunker: cuts a decoded input into parts of about 128 KB that begin and end between records.
//
// What follows the last cut is carried over to the next part. While a text has no place to cut, the part grows (doubling, so that all work stays
// linear) up to the size that a record may have. A record beyond that is handed out as skipped text until the format finds its end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "bibmill/format.h"
#include "bibmill/input.h"

namespace bibmill {

/// One part of an input. Reused: it keeps its memory.
struct Chunk {
  TextBuffer memory;
  std::string_view text;      ///< of the memory
  std::uint64_t offset = 0;  ///< of its first byte in the source
  bool first = true;
  bool last = true;
  bool skipped = false;       ///< belongs to a record that is too large: not to be read
  bool begins_skip = false;   ///< the first such text of that record
  std::vector<Span> guessed;  ///< places in it whose bytes were not what the encoding says
  Foregoing foregoing;        ///< as the scan tells it
};

/// Where an input was cut. Who reads it once more need not look for the places again, as far as it comes in the same pieces.
struct Cuts {
  struct Answer {
    std::uint64_t begin;  ///< of the text that the format was asked about, in the source
    std::uint64_t end;
    std::size_t cut;
  };
  std::vector<Answer> answers;
};

class Chunker {
 public:
  /// Small enough that the parts in flight fit a processor's caches and a small file has several, large enough that handing them round costs nothing.
  static constexpr std::size_t kPartSize = std::size_t{1} << 16;

  /// `cuts`, where given: of this input, as far as it was read before; must outlive the chunker. `scan`: sees the parts as they are handed out.
  Chunker(Input& input, const Format& format, std::uint64_t max_record, std::size_t part_size = kPartSize, Cuts* cuts = nullptr, PartScan* scan = nullptr)
      : input_(&input), format_(&format), max_record_(max_record), part_size_(part_size), cuts_(cuts), scan_(scan) {}

  /// The next part; false at the end. An empty input has one part, which is empty.
  bool next(Chunk& chunk);

 private:
  void find_next(Chunk& chunk);
  void begin(Chunk& chunk);
  std::size_t cut_of(std::string_view text);
  std::size_t split(std::string_view text) const;
  void fill(Chunk& chunk, std::size_t size);
  void hand_out(Chunk& chunk, std::size_t cut);
  void begin_skip(Chunk& chunk);
  void skip(Chunk& chunk);

  Input* input_;
  const Format* format_;
  std::uint64_t max_record_;
  std::size_t part_size_;
  Cuts* cuts_;
  PartScan* scan_;
  std::size_t asked_ = 0;     // how many of them
  std::string rest_;          // behind the last cut
  std::uint64_t offset_ = 0;  // of the next part
  std::string skipped_head_;  // of the record that is being skipped; empty if none is
  std::string probe_;
  bool first_ = true;
  bool ended_ = false;  // all text was read
  bool done_ = false;   // and handed out
};

}  // namespace bibmill
