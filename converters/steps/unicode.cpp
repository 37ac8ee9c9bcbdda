// unicode: which characters text is written in: composed ones, plain punctuation, ASCII alone.
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/reflect.h"
#include "bibmill/step.h"
#include "bibmill/text/unicode.h"
#include "bibmill/transliterate.h"

namespace bibmill::steps {

namespace {

struct Plain {
  char32_t written;
  std::string_view plain;
};

/// Punctuation that a keyboard has in another form. A guillemet is a quotation mark, and no sign for "less".
constexpr Plain kPunctuation[] = {
    {U'\u00A0', " "}, {U'\u202F', " "}, {U'\u2010', "-"}, {U'\u2011', "-"}, {U'\u2012', "-"}, {U'\u2013', "-"}, {U'\u2014', "--"}, {U'\u2015', "--"}, {U'\u2212', "-"}, {U'\u2018', "'"}, {U'\u2019', "'"}, {U'\u201A', "'"},
    {U'\u201B', "'"}, {U'\u2039', "'"}, {U'\u203A', "'"}, {U'\u201C', "\""}, {U'\u201D', "\""}, {U'\u201E', "\""}, {U'\u201F', "\""}, {U'\u00AB', "\""}, {U'\u00BB', "\""}, {U'\u2026', "..."},
};

struct Spelling {
  bool ascii = false;
  bool plain_punctuation = false;
  Transliteration rules = Transliteration::Plain;
};

/// Identifiers, addresses and names of files are other ones when a letter changes.
bool must_stay_exact(Field field) {
  static const Value kIdentifiers{Identifiers{}};
  return info(field).kind == kIdentifiers.index() || field == Field::Url || field == Field::File || field == Field::Related || field == Field::CitationKeyAlias;
}

/// Writes one text otherwise.
class Speller {
 public:
  explicit Speller(const Spelling& spelling) : spelling_(&spelling) {}

  std::string spelled(std::string_view text) {
    const std::string composed = text::nfc(text);
    if (!spelling_->ascii && !spelling_->plain_punctuation) return composed;
    std::string out;
    bool keeps = false;  // the character before stayed, and so do its marks
    for (const char32_t c : text::CodePoints(composed)) {
      const std::string one = text::to_utf8(std::u32string_view(&c, 1));
      const std::string written = respelled(c, one, keeps);
      keeps = written == one && c >= 0x80;
      if (keeps && spelling_->ascii) kept += one;
      out += written;
    }
    return out;
  }

  std::string kept;  ///< characters without a likeness in ASCII

 private:
  std::string respelled(char32_t c, const std::string& one, bool follows_kept) const {
    if (c < 0x80) return one;
    if (spelling_->plain_punctuation)
      for (const Plain& row : kPunctuation)
        if (row.written == c) return std::string(row.plain);
    if (!spelling_->ascii) return one;
    if (text::is_combining(c)) return follows_kept ? one : std::string();
    const std::string ascii = transliterated(one, spelling_->rules);
    return ascii.empty() ? one : ascii;
  }

  const Spelling* spelling_;
};

/// The word where two texts begin to differ; of a long abstract nobody wants the rest.
std::string_view word_at(std::string_view text, std::size_t difference) {
  const std::size_t before = text.substr(0, difference).rfind(' ');
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  return text.substr(begin, std::min(text.find(' ', difference), text.size()) - begin);
}

/// Goes through the texts of one entry.
class Respeller {
 public:
  Respeller(Arena& arena, const Spelling& spelling) : arena_(&arena), speller_(spelling), only_composes_(!spelling.ascii && !spelling.plain_punctuation) {}

  /// The value's raw text excepted; whether anything changed.
  template <class T>
  bool respell(T& value) {
    if constexpr (std::is_same_v<T, Str>) {
      return respell_text(value);
    } else if constexpr (std::is_same_v<T, Identifier>) {
      return only_composes_ && respell_members(value);
    } else if constexpr (std::is_same_v<T, Run>) {
      // What is written in a notation is LaTeX or XML, which may be ASCII's own.
      const bool is_source = value.marks.has(Mark::Math) || value.marks.has(Mark::Verbatim);
      return (only_composes_ || !is_source) && respell_members(value);
    } else if constexpr (IsList<T>::value) {
      bool changed = false;
      for (auto& element : value) changed = respell(element) || changed;
      return changed;
    } else if constexpr (Described<T>) {
      return respell_members(value);
    } else {
      return false;
    }
  }

  /// "Müller" is written "Muller"; of several texts the first, and of it a word.
  std::string what() const { return only_composes_ ? std::string(" is put into normal form C") : fmt::format(": \"{}\" is written \"{}\"{}", shortened(before_), shortened(after_), count_ > 1 ? fmt::format(", and {} more", count_ - 1) : ""); }
  const std::string& kept() const { return speller_.kept; }

 private:
  bool respell_text(Str& text) {
    if (text::is_ascii(text)) return false;
    const std::string written = speller_.spelled(text);
    // Marks alone have no likeness, and no text is left empty.
    if (written == text || written.empty()) return false;
    if (count_++ == 0) {
      const auto [in_text, in_written] = std::mismatch(text.begin(), text.end(), written.begin(), written.end());
      before_ = word_at(text, static_cast<std::size_t>(in_text - text.begin()));
      after_ = word_at(written, static_cast<std::size_t>(in_written - written.begin()));
    }
    text = arena_->copy(written);
    return true;
  }

  template <class T>
  bool respell_members(T& value) {
    bool changed = false;
    T::members([&](std::string_view name, auto member, std::string_view) {
      if (name != "raw") changed = respell(value.*member) || changed;
    });
    if constexpr (requires { value.raw; }) {
      if (changed) value.raw = {};
    }
    return changed;
  }

  Arena* arena_;
  Speller speller_;
  bool only_composes_;
  std::size_t count_ = 0;
  std::string before_;
  std::string after_;
};

class Unicode final : public Step {
 public:
  explicit Unicode(std::span<const StepArgument> arguments) {
    for (const StepArgument& argument : arguments) {
      const std::string& word = argument.values.front();
      if (argument.option == "letters") spelling_.ascii = choice("letters", word, "ascii", "keep");
      if (argument.option == "punctuation") spelling_.plain_punctuation = choice("punctuation", word, "plain", "keep");
      if (argument.option == "transliterate") set_rules(word);
    }
    if (spelling_.rules != Transliteration::Plain && !spelling_.ascii) throw UsageError("the step unicode transliterates with letters=ascii alone");
  }

  Verdict record(Record& record, DiagnosticSink& diagnostics) const override {
    for (Item& item : record.items()) {
      Entry* const entry = std::get_if<Entry>(&item);
      if (entry == nullptr) continue;
      static constexpr Spelling kComposed{};
      Respeller respeller(record.arena(), must_stay_exact(entry->field) ? kComposed : spelling_);
      const bool changed = std::visit([&](auto& value) { return respeller.respell(value); }, entry->value);
      if (!respeller.kept().empty() && !entry->same_as)
        say_change(diagnostics, record, "step/unicode-kept", entry->span, fmt::format("{} keeps {}, which has no likeness in ASCII", name_of(entry->field), shortened(respeller.kept())));
      if (!changed) continue;
      if (!entry->same_as) say_change(diagnostics, record, "step/unicode", entry->span, fmt::format("{}{}", name_of(entry->field), respeller.what()));
      entry->raw = record.layout = {};
    }
    return Verdict::Keep;
  }

 private:
  static bool choice(std::string_view option, const std::string& word, std::string_view yes, std::string_view no) {
    if (word != yes && word != no) throw UsageError(fmt::format("the option {} of the step unicode is {} or {}, not {}", option, yes, no, word));
    return word == yes;
  }

  void set_rules(const std::string& word) {
    if (word != "plain" && word != "german" && word != "nordic") throw UsageError(fmt::format("the step unicode transliterates plain, german or nordic, not {}", word));
    spelling_.rules = word == "german" ? Transliteration::German : word == "nordic" ? Transliteration::Nordic : Transliteration::Plain;
  }

  Spelling spelling_;
};

constexpr StepOption kOptions[] = {
    {"letters", "keep|ascii", "ascii: letters of other alphabets are spelled in ASCII, marks are dropped; what has no likeness there (Chinese, µ) stays, and is said"},
    {"transliterate", "plain|german|nordic", "with letters=ascii: Müller becomes Muller (plain, the default) or Mueller (german); Ørsted becomes Orsted or Oersted (nordic)"},
    {"punctuation", "keep|plain", "plain: curly quotes become straight, dashes hyphens (a long one two), the ellipsis three dots, blanks that do not break blanks"},
};

constexpr StepExample kExamples[] = {
    {"unicode", "\"e\" and a combining acute accent become \"é\""},
    {"unicode:punctuation=plain", "“tides” – a survey becomes \"tides\" - a survey"},
    {"unicode:letters=ascii,transliterate=german,punctuation=plain", "for programs that know ASCII alone: Jörg Müller becomes Joerg Mueller"},
};

}  // namespace

const StepDescriptor& unicode() {
  static constexpr StepDescriptor kStep = {
      "unicode",
      "write composed characters, plain punctuation, or ASCII",
      "Without options, text is put into Unicode's normal form C: letters and the marks that follow them become one character where there is one. Identifiers, addresses and files are composed and else left "
      "alone; so are formulas. Extras and keys stay as they were written. What changes is noted (--changes=all). One record at a time.",
      kOptions,
      kExamples,
      [](std::span<const StepArgument> arguments) -> AnyStep { return std::make_unique<const Unicode>(arguments); },
  };
  return kStep;
}

}  // namespace bibmill::steps
