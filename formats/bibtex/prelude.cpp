// Looking ahead, expanding strings, and inheriting from parents.
#include "prelude.h"

#include <algorithm>
#include <utility>

#include "bibmill/text/byte_scan.h"
#include "bibmill/text/unicode.h"
#include "block_list.h"
#include "key_set.h"
#include "reader.h"
#include "split.h"

namespace bibmill::bibtex {

namespace {

using text::equal_ignoring_ascii_case;

constexpr unsigned kDeepestString = 64;
constexpr unsigned kMostExpansions = 256;  // of strings within one value: nobody nests more, and a file may name such a string in every field
/// Parents of parents of parents: nobody has more levels.
constexpr std::size_t kLongestChain = 12;

constexpr std::string_view kMonths[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};

// ------------------------------------------------------------------------------------------- biblatex's default inheritance

struct Pair {
  std::string_view parents;   ///< types, divided by blanks
  std::string_view children;
  std::string_view prefix;    ///< what title, subtitle and titleaddon become: main, book, journal
};

// The biblatex manual, appendix B.
constexpr Pair kTitlePairs[] = {
    {"mvbook", "book inbook bookinbook suppbook", "main"},
    {"mvcollection mvreference", "collection reference incollection inreference suppcollection", "main"},
    {"mvproceedings", "proceedings inproceedings conference", "main"},
    {"book", "inbook bookinbook suppbook", "book"},
    {"collection reference", "incollection inreference suppcollection", "book"},
    // Not in biblatex's table, but how classic files join the two.
    {"book", "incollection", "book"},
    {"proceedings", "inproceedings conference", "book"},
    {"periodical", "article suppperiodical", "journal"},
};
constexpr std::string_view kAuthorsOfBooks = "mvbook book";
constexpr std::string_view kPartsOfBooks = "inbook bookinbook suppbook";

/// Fields that say something of one entry alone.
constexpr std::string_view kNeverInherited =
    "bibmill crossref entryset entrysubtype execute ids label options presort related relatedoptions relatedstring relatedtype shorthand shorthandintro sortkey xdata xref";
constexpr std::string_view kShortForms = "shorttitle sorttitle indextitle indexsorttitle";

bool lists(std::string_view words, std::string_view word) {
  for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
    const bool begins = at == 0 || words[at - 1] == ' ';
    const std::size_t end = at + word.size();
    if (begins && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

struct Renamed {
  std::string_view prefix;
  std::string_view title, subtitle, titleaddon;
};
constexpr Renamed kRenamed[] = {
    {"main", "maintitle", "mainsubtitle", "maintitleaddon"},
    {"book", "booktitle", "booksubtitle", "booktitleaddon"},
    {"journal", "journaltitle", "journalsubtitle", "journaltitleaddon"},
};

const Renamed* renaming(std::string_view parent_type, std::string_view child_type) {
  for (const Pair& pair : kTitlePairs)
    if (lists(pair.parents, parent_type) && lists(pair.children, child_type))
      for (const Renamed& names : kRenamed)
        if (names.prefix == pair.prefix) return &names;
  return nullptr;
}

}  // namespace

std::string_view inherited_as(std::string_view parent_type, std::string_view child_type, std::string_view field) {
  if (lists(kNeverInherited, field)) return {};
  if (field == "author" && lists(kAuthorsOfBooks, parent_type) && lists(kPartsOfBooks, child_type)) return "bookauthor";
  if (parent_type == "xdata") return field;
  const Renamed* const names = renaming(parent_type, child_type);
  if (names == nullptr) return field;
  if (field == "title") return names->title;
  if (field == "subtitle") return names->subtitle;
  if (field == "titleaddon") return names->titleaddon;
  return lists(kShortForms, field) ? std::string_view{} : field;
}

unsigned month_of_macro(std::string_view name) {
  if (name.size() != 3) return 0;
  const char small[] = {text::ascii_lower(name[0]), text::ascii_lower(name[1]), text::ascii_lower(name[2])};
  for (unsigned month = 0; month < 12; ++month)
    if (kMonths[month][0] == small[0] && kMonths[month][1] == small[1] && kMonths[month][2] == small[2]) return month + 1;
  return 0;
}

std::vector<std::string_view> keys_in(std::string_view list) {
  std::vector<std::string_view> keys;
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    const std::string_view key = text::trim(list.substr(0, comma));
    if (!key.empty()) keys.push_back(key);
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
  }
  return keys;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = text::ascii_lower(c);
  return out;
}

const ParentField* Parent::find(std::string_view lower_key) const {
  for (const ParentField& field : fields)
    if (field.key == lower_key) return &field;
  return nullptr;
}

// ------------------------------------------------------------------------------------------------------------- strings

Macro BibtexPrelude::expand(std::string_view name, Place place, std::string& out) const {
  unsigned work = 0;
  return expand(name, place, out, 0, work);
}

Macro BibtexPrelude::expand(std::string_view name, Place place, std::string& out, unsigned depth, unsigned& work) const {
  const auto found = strings_.find(lower(name));
  if (found == strings_.end()) return Macro::Undefined;
  // The last definition before the place counts; else, with a word about it, the first behind.
  const std::vector<Definition>& definitions = found->second;
  const auto behind = std::find_if(definitions.begin(), definitions.end(), [&](const Definition& one) { return !(one.place < place); });
  const bool later = behind == definitions.begin();
  const Definition& definition = later ? *behind : *(behind - 1);
  const std::size_t from = out.size();
  // Within a definition only earlier ones count, so that none ever comes round to itself. A month is a month until a string makes something else of it.
  if (later && (depth > 0 || definition.place == place || month_of_macro(name) != 0)) return Macro::Undefined;
  if (depth >= kDeepestString || ++work > kMostExpansions) return Macro::TooLong;
  EntryScanner scanner(definition.expression);
  FieldSyntax syntax;
  if (!scanner.next_field(syntax)) return Macro::Undefined;
  Macro result = later ? Macro::DefinedLater : Macro::Defined;
  join_pieces(syntax.pieces, out, [&](std::string_view inner, std::string& to) {
    if (result == Macro::TooLong) return;
    if (month_of_macro(inner) != 0) {
      to += inner;
      return;
    }
    const Macro expanded = expand(inner, definition.place, to, depth + 1, work);
    if (expanded == Macro::TooLong) result = expanded;
    if (expanded == Macro::Undefined) to += inner;
  });
  if (out.size() - from > kLongestString) result = Macro::TooLong;
  if (result == Macro::TooLong) out.resize(from);
  return result;
}

// ------------------------------------------------------------------------------------------------------------- parents

const Parent* BibtexPrelude::parent(std::string_view key) const {
  const auto found = parents_.find(lower(key));
  return found == parents_.end() ? nullptr : &found->second;
}

std::size_t BibtexPrelude::source_number(const Source& source) const {
  const auto found = std::find(sources_.begin(), sources_.end(), source.name);
  return static_cast<std::size_t>(found - sources_.begin());
}

std::string BibtexPrelude::ring_at(Place place) const {
  for (const Ring& ring : rings_)
    if (ring.place == place) return ring.keys;
  return {};
}

// --------------------------------------------------------------------------------------------------------- inheritance

namespace {

/// A field on its way down, under the name that the current level gives it.
struct Passing {
  std::string_view name;
  const ParentField* field;
};

}  // namespace

void BibtexPrelude::collect(Arena& arena, Heritage& heritage, std::string_view child_type, std::string_view crossref, std::string_view xdata) const {
  // The fields of an entry and of the @xdata that it names.
  const auto fields_of_xdata = [&](std::string_view list, std::vector<Passing>& fields, bool report) {
    std::vector<const Parent*> visited;
    std::vector<std::string_view> waiting = keys_in(list);
    for (std::size_t at = 0; at < waiting.size(); ++at) {
      const Parent* const data = parent(waiting[at]);
      if (data == nullptr) {
        if (report) heritage.missing.push_back(waiting[at]);
        continue;
      }
      if (std::find(visited.begin(), visited.end(), data) != visited.end()) continue;
      if (visited.size() == kLongestChain) {
        heritage.chain_cut = true;
        break;
      }
      visited.push_back(data);
      for (const ParentField& field : data->fields)
        if (const std::string_view name = inherited_as("xdata", {}, field.key); !name.empty()) fields.push_back({name, &field});
      if (const ParentField* const more = data->find("xdata"))
        for (const std::string_view key : keys_in(more->text)) waiting.push_back(key);
    }
  };
  const auto take = [&](const std::vector<Passing>& fields, std::string_view by) {
    for (const Passing& passing : fields) heritage.fields.push_back({passing.name, passing.field->text, arena.concat({by, ">", passing.field->key})});
  };

  std::vector<Passing> fields;
  fields_of_xdata(xdata, fields, true);
  take(fields, "xdata");

  std::vector<const Parent*> chain;
  std::string_view next = text::trim(crossref);
  while (!next.empty()) {
    const Parent* const above = parent(next);
    if (above == nullptr) {
      if (chain.empty()) heritage.missing.push_back(next);
      break;
    }
    if (chain.size() == kLongestChain) {
      // Said once, of the entry for which the chain first becomes too long: its children would only repeat it.
      heritage.chain_cut = above->find("crossref") == nullptr;
      break;
    }
    chain.push_back(above);
    if (above->in_ring) break;
    const ParentField* const more = above->find("crossref");
    next = more == nullptr ? std::string_view{} : text::trim(more->text);
  }
  for (std::size_t level = 0; level < chain.size(); ++level) {
    fields.clear();
    for (const ParentField& field : chain[level]->fields) fields.push_back({field.key, &field});
    const ParentField* const author = chain[level]->find("author");
    if (const ParentField* const data = chain[level]->find("xdata")) fields_of_xdata(data->text, fields, false);
    for (std::size_t down = level + 1; down-- > 0;) {
      const std::string_view parent_type = chain[down]->type;
      const std::string_view to = down == 0 ? child_type : std::string_view(chain[down - 1]->type);
      for (Passing& passing : fields)
        if (!passing.name.empty()) passing.name = inherited_as(parent_type, to, passing.name);
    }
    std::erase_if(fields, [](const Passing& passing) { return passing.name.empty(); });
    // A part of a book without an author of its own is by the book's.
    if (level == 0 && author != nullptr && inherited_as(chain[0]->type, child_type, "author") == "bookauthor") fields.push_back({"author", author});
    // A parent that has a booktitle of its own has it for its children's sake.
    std::stable_partition(fields.begin(), fields.end(), [](const Passing& passing) { return passing.name == passing.field->key; });
    take(fields, "crossref");
  }
}

// ------------------------------------------------------------------------------------- going through blocks, each once

/// `Scan` is PartScan, or a class of it.
template <class Scan>
class BlockScan : public Scan {
 public:
  explicit BlockScan(const ReadOptions& options) : entries_in_comments_(options.settings.value(kCommentsOption.name) == "entries") {}

  void scan(const Source& source, std::string_view text, std::uint64_t offset) override {
    const std::size_t number = number_of(source);
    const bool is_noted = !(noted_ < Place{number, offset + text.size()});
    Block block;
    for (std::size_t at = is_noted ? text.size() : 0; next_block(text, at, Extent::Whole, block, &groups_) == Found::Whole; at = block.end) note_once(block, text, number, offset);
  }

  std::optional<std::size_t> scan_to_cut(const Source& source, std::string_view text, std::uint64_t offset) override {
    const std::size_t number = number_of(source);
    return split_seeing(text, text.size(), &groups_, [&](const Block& block) { note_once(block, text, number, offset); });
  }

 protected:
  /// A block that was not seen before.
  virtual void note(const Block& block, std::string_view text, Place place) = 0;
  /// What comes now is of another source than what came before.
  virtual void begin_source() {}

  /// From the beginning.
  void start_over() { noted_ = {}; }

  std::vector<std::string> sources_;  // by number
  std::vector<Group> groups_;         // of the block that was found last

 private:
  std::size_t number_of(const Source& source) {
    const auto known = std::find(sources_.begin(), sources_.end(), source.name);
    const std::size_t number = static_cast<std::size_t>(known - sources_.begin());
    if (known == sources_.end()) sources_.push_back(source.name);
    if (std::exchange(current_, number) != number) begin_source();
    return number;
  }

  /// Blocks that were passed on the way to a cut come again.
  void note_once(const Block& block, std::string_view text, std::size_t number, std::uint64_t offset) {
    const Place place{number, offset + block.begin};
    if (place < noted_) return;
    noted_ = {number, offset + block.end};
    note(block, text, place);
    if (block.kind == Block::Kind::Comment && entries_in_comments_) note_within(block, text.substr(0, block.closed ? block.end - 1 : block.end), number, offset);
  }

  /// A comment within a comment is not looked into.
  void note_within(const Block& comment, std::string_view text, std::size_t number, std::uint64_t offset) {
    Block block;
    for (std::size_t at = comment.body; next_block(text, at, Extent::Whole, block, &groups_) == Found::Whole; at = block.end) note(block, text, {number, offset + block.begin});
  }

  bool entries_in_comments_;
  std::size_t current_ = 0;  // number of the source
  Place noted_;              // behind all that was noted
};

// ------------------------------------------------------------------------------------------------------------- follower

class BibtexFollower final : public BlockScan<PartScan> {
 public:
  using BlockScan::BlockScan;

  void scan(const Source& source, std::string_view text, std::uint64_t offset) override {
    BlockScan::scan(source, text, offset);
    end_ = offset + text.size();
  }

  void tell(Foregoing& foregoing) override {
    foregoing.definitions = has_strings_;
    tell_of_blocks(foregoing);
    const auto behind = std::lower_bound(repeated_.begin(), repeated_.end(), end_);
    foregoing.repeated.assign(repeated_.begin(), behind);
    repeated_.erase(repeated_.begin(), behind);
  }

 private:
  /// Where a source ends with a record that is too large, nobody has asked for what stands before that.
  void begin_source() override {
    blocks_.clear();
    repeated_.clear();
  }

  void tell_of_blocks(Foregoing& foregoing) {
    if (dynamic_cast<BlockList*>(foregoing.notes.get()) == nullptr) foregoing.notes = std::make_unique<BlockList>();
    auto& told = static_cast<BlockList&>(*foregoing.notes);
    std::swap(told, blocks_);
    blocks_.clear();
    told.part_from(end_, blocks_);
  }

  void note(const Block& block, std::string_view text, Place place) override {
    blocks_.add(block, groups_, text, place.offset - block.begin);
    has_strings_ = has_strings_ || block.kind == Block::Kind::String;
    if (block.kind != Block::Kind::Entry) return;
    EntryScanner scanner(block.inside(text));
    EntryScanner::KeyFlaw flaw;
    const std::string_view key = scanner.read_key(flaw);
    if (!key.empty() && !keys_.add(key, arena_)) repeated_.push_back(place.offset);
  }

  BlockList blocks_;                     // of which no part was told
  KeySet keys_;
  Arena arena_;                          // their text
  std::vector<std::uint64_t> repeated_;  // of which no part was told
  bool has_strings_ = false;
  std::uint64_t end_ = 0;  // of the part that was scanned last
};

std::unique_ptr<PartScan> make_bibtex_follower(const ReadOptions& options) { return std::make_unique<BibtexFollower>(options); }

// ----------------------------------------------------------------------------------------------------------- look-ahead

class BibtexLookAhead final : public BlockScan<LookAhead> {
 public:
  using BlockScan::BlockScan;

  bool again() override {
    if (!first_round_) return false;
    first_round_ = false;
    start_over();
    const bool is_needed = std::any_of(referred_.begin(), referred_.end(), [&](const std::string& key) { return keys_.contains(key) && !prelude_->parents_.contains(key); });
    keys_ = {};
    return is_needed;
  }

  std::shared_ptr<const Prelude> finish() override {
    find_rings();
    prelude_->sources_ = std::move(sources_);
    return std::move(prelude_);
  }

 private:
  void note(const Block& block, std::string_view text, Place place) override {
    if (block.kind == Block::Kind::String && first_round_) define(block.inside(text), place);
    if (block.kind == Block::Kind::Entry) note_entry(block, block.inside(text), place);
  }

  Str lowered(std::string_view text) {
    key_.assign(text);
    for (char& c : key_) c = text::ascii_lower(c);
    return key_;
  }

  void define(std::string_view inside, Place place) {
    EntryScanner scanner(inside);
    if (!scanner.next_field(syntax_)) return;
    const Str low = lowered(syntax_.key);
    const auto known = prelude_->strings_.find(low);
    const Str name = known == prelude_->strings_.end() ? prelude_->arena_.copy(low) : known->first;
    std::vector<BibtexPrelude::Definition>& definitions = prelude_->strings_[name];
    // Files that were put together define the same strings again and again.
    if (definitions.empty() || definitions.back().expression != inside) definitions.push_back({place, prelude_->arena_.copy(inside)});
  }

  /// Most entries have no parent, and are not looked through for one field by field; nor is a long value, as long as no quotation mark or comment before it can have hidden a brace.
  bool may_refer(const Block& block, std::string_view inside) const {
    constexpr std::size_t kLongValue = 64;
    const auto names_one = [](std::string_view text) { return text::holds_either(text, "crossref", "xdata"); };
    if (!block.closed) return names_one(inside);
    std::size_t from = 0;
    for (const Group& group : groups_) {
      if (group.close - group.open < kLongValue) continue;
      const std::string_view before = inside.substr(from, group.open - from);
      if (text::holds<'"', '%'>(before)) break;
      if (names_one(before)) return true;
      from = group.close;
    }
    return names_one(inside.substr(from));
  }

  void note_entry(const Block& block, std::string_view inside, Place place) {
    EntryScanner scanner(inside);
    EntryScanner::KeyFlaw flaw;
    const std::string_view key = scanner.read_key(flaw);
    const bool xdata = equal_ignoring_ascii_case(block.type, "xdata");
    const bool first = !key.empty() && keys_.add(key, key_arena_);
    const bool wanted = first && (xdata || (!referred_.empty() && referred_.contains(lower(key))));
    const bool keep = wanted && !prelude_->parents_.contains(lowered(key));
    Parent* const parent = keep ? &prelude_->parents_[prelude_->arena_.copy(lowered(key))] : nullptr;
    if (parent != nullptr) {
      parent->key = prelude_->arena_.copy(key);
      parent->type = prelude_->arena_.copy(lowered(block.type));
      parent->place = place;
    }
    if (!keep && (!first_round_ || !may_refer(block, inside))) return;
    while (scanner.next_field(syntax_)) {
      if (syntax_.pieces.empty()) continue;
      const bool refers = equal_ignoring_ascii_case(syntax_.key, "crossref") || equal_ignoring_ascii_case(syntax_.key, "xdata");
      if (!refers && parent == nullptr) continue;
      text_.clear();
      join_pieces(syntax_.pieces, text_, [&](std::string_view name, std::string& to) {
        const Macro expanded = prelude_->expand(name, place, to);
        if (expanded == Macro::Undefined || expanded == Macro::TooLong) to += name;
      });
      if (refers)
        for (const std::string_view one : keys_in(text_)) referred_.insert(lower(one));
      if (parent != nullptr && parent->find(lowered(syntax_.key)) == nullptr && parent->fields.size() < kMostFields)
        parent->fields.push_back({prelude_->arena_.copy(lowered(syntax_.key)), prelude_->arena_.copy(text_)});
    }
  }

  /// Depth first over crossref and xdata, without recursion; an edge back to an entry on the way closes a ring.
  void find_rings() {
    std::vector<Parent*> all;
    for (auto& [key, parent] : prelude_->parents_) all.push_back(&parent);
    std::sort(all.begin(), all.end(), [](const Parent* a, const Parent* b) { return a->place < b->place; });
    enum class Colour : std::uint8_t { White, Grey, Black };
    std::unordered_map<const Parent*, Colour> colours;
    struct Step {
      Parent* parent;
      std::vector<Parent*> above;
      std::size_t next = 0;
    };
    std::vector<Step> way;
    for (Parent* const root : all) {
      if (colours[root] != Colour::White) continue;
      way.push_back({root, above(*root)});
      colours[root] = Colour::Grey;
      while (!way.empty()) {
        Step& step = way.back();
        if (step.next == step.above.size()) {
          colours[step.parent] = Colour::Black;
          way.pop_back();
          continue;
        }
        Parent* const next = step.above[step.next++];
        Colour& colour = colours[next];
        if (colour == Colour::White) {
          colour = Colour::Grey;
          way.push_back({next, above(*next)});
        } else if (colour == Colour::Grey) {
          const auto begin = std::find_if(way.begin(), way.end(), [&](const Step& one) { return one.parent == next; });
          std::vector<Parent*> members;
          for (auto one = begin; one != way.end(); ++one) members.push_back(one->parent);
          close_ring(members);
        }
      }
    }
  }

  std::vector<Parent*> above(const Parent& parent) {
    std::vector<Parent*> found;
    for (const std::string_view reference : {"crossref", "xdata"})
      if (const ParentField* const field = parent.find(reference))
        for (const std::string_view key : keys_in(field->text))
          if (const auto one = prelude_->parents_.find(lower(key)); one != prelude_->parents_.end()) found.push_back(&one->second);
    return found;
  }

  void close_ring(const std::vector<Parent*>& members) {
    BibtexPrelude::Ring ring{members.front()->place, {}};
    constexpr std::size_t kNamed = 5;
    for (std::size_t at = 0; at < members.size(); ++at) {
      members[at]->in_ring = true;
      ring.place = std::min(ring.place, members[at]->place);
      if (at < kNamed) ring.keys.append(at == 0 ? "" : ", ").append(members[at]->key);
    }
    if (members.size() > kNamed) ring.keys += ", …";
    prelude_->rings_.push_back(std::move(ring));
  }

  /// More fields than this no entry gives to its children.
  static constexpr std::size_t kMostFields = 200;

  std::shared_ptr<BibtexPrelude> prelude_ = std::make_shared<BibtexPrelude>();
  std::unordered_set<std::string> referred_;  // lower case
  KeySet keys_;  // of this round
  Arena key_arena_;
  bool first_round_ = true;
  FieldSyntax syntax_;
  std::string key_;
  std::string text_;
};

std::unique_ptr<LookAhead> make_bibtex_look_ahead(const ReadOptions& options) { return std::make_unique<BibtexLookAhead>(options); }

}  // namespace bibmill::bibtex
