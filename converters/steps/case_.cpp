// case: capitals and small letters of titles. (The file's name has an underscore since case is a word of C++.)
//
// Nothing tells a name from another word, so a title in sentence case may lose capitals of names: what must keep them is protected by the source ({Wales} in BibTeX), by
// capitals inside, by digits, or by the user's list. A word that is kept for one of these is kept whichever way it is written, so that the step done twice changes nothing more.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/step.h"
#include "bibmill/text/languages.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"

namespace bibmill::steps {

namespace {

/// Words that a title in title case leaves small between others: articles, short prepositions and conjunctions.
constexpr std::string_view kSmallWords[] = {"a",  "an", "and", "as",  "at", "but", "by", "de", "down", "et",   "for", "from", "in",  "into", "la", "nor",
                                            "of", "on", "onto", "or", "over", "per", "so", "the", "till", "to", "up",  "upon", "v", "versus", "via", "von", "vs", "with", "yet"};

constexpr Field kTitles[] = {Field::Title, Field::Subtitle, Field::TitleShort};

/// What stays as it is: what is protected, formulas and source text, and what stands in italics, as names of species, words of other languages and titles within titles do.
constexpr Mark kFixed[] = {Mark::NoCase, Mark::Math, Mark::Verbatim, Mark::Italic};

enum class Languages : std::uint8_t { English, Said, Any };

struct CaseOptions {
  bool sentence = true;
  Languages languages = Languages::English;
  std::vector<Field> fields{std::begin(kTitles), std::end(kTitles)};
  std::set<std::string, std::less<>> protect;
};

/// A character of a title and the run that it stands in.
struct Letter {
  char32_t c;
  std::size_t run;
  bool is_fixed;  ///< of a run that stays as it is
};

bool begins_word(char32_t c) { return text::is_letter(c) || text::is_digit(c); }
bool is_inside_word(char32_t c) { return begins_word(c) || text::is_combining(c) || c == U'\'' || c == U'\u2019'; }
bool ends_sentence(char32_t c) { return c == U'.' || c == U'?' || c == U'!' || c == U':' || c == U'\u2014'; }

/// Changes the case of one title.
class Recaser {
 public:
  Recaser(const CaseOptions& options, Field field) : options_(&options), field_(field) {}

  RichText recased(Arena& arena, const RichText& title) {
    gather(title);
    change_words();
    text::RichTextBuilder builder;
    std::size_t at = 0;
    for (std::size_t run = 0; run < title.runs.size(); ++run) {
      std::string words;
      for (; at < letters_.size() && letters_[at].run == run; ++at) text::append_utf8(words, letters_[at].c);
      builder.append(words, title.runs[run].marks, title.runs[run].notation);
    }
    RichText changed = builder.finish(arena);
    changed.language = title.language;
    return changed;
  }

  /// All in capitals: nothing there tells names from other words.
  static bool is_in_capitals(const RichText& title) {
    std::size_t upper = 0;
    std::size_t words = 1;
    for (const Run& run : title.runs) {
      for (const char32_t c : text::CodePoints(run.text)) {
        if (text::is_lower(c)) return false;
        upper += text::is_upper(c) ? 1 : 0;
        words += c == U' ' ? 1 : 0;
      }
    }
    constexpr std::size_t kFew = 8;
    return upper > kFew && words > 1;
  }

 private:
  void gather(const RichText& title) {
    letters_.clear();
    for (std::size_t run = 0; run < title.runs.size(); ++run) {
      const Marks marks = title.runs[run].marks;
      const bool is_fixed = std::any_of(std::begin(kFixed), std::end(kFixed), [&](Mark mark) { return marks.has(mark); });
      for (const char32_t c : text::CodePoints(title.runs[run].text)) letters_.push_back({c, run, is_fixed});
    }
  }

  /// What stands between blanks is one token; one that is an address or the like is left alone.
  void change_words() {
    bool begins = true;
    for (std::size_t at = 0; at < letters_.size();) {
      if (letters_[at].c == U' ') {
        ++at;
        continue;
      }
      std::size_t end = at;
      while (end < letters_.size() && letters_[end].c != U' ') ++end;
      const bool is_ordinary = !is_address(at, end);
      if (is_ordinary) change_token(at, end, begins);
      begins = is_ordinary && ends_sentence(last_sign(at, end));  // the dot of "U.S." ends nothing
      at = end;
    }
  }

  char32_t last_sign(std::size_t begin, std::size_t end) const {
    while (end > begin + 1 && (letters_[end - 1].c == U'"' || letters_[end - 1].c == U'\u201D' || letters_[end - 1].c == U')')) --end;
    return letters_[end - 1].c;
  }

  bool is_address(std::size_t begin, std::size_t end) const {
    for (std::size_t at = begin; at < end; ++at) {
      const char32_t c = letters_[at].c;
      if (c == U'@' || c == U'_' || c == U'\\') return true;
      if (c == U'.' && at > begin && at + 1 < end && is_inside_word(letters_[at - 1].c) && is_inside_word(letters_[at + 1].c)) return true;
    }
    return false;
  }

  /// The words of a token: "state-of-the-art" has four.
  void change_token(std::size_t begin, std::size_t end, bool begins_sentence) {
    bool is_first = true;
    for (std::size_t at = begin; at < end;) {
      if (!begins_word(letters_[at].c)) {
        ++at;
        continue;
      }
      std::size_t last = at;
      while (last < end && is_inside_word(letters_[last].c)) ++last;
      const bool is_last = !has_word(last);
      change_word(at, last, begins_sentence && is_first, is_last);
      is_first = false;
      at = last;
    }
  }

  /// Is there a word from here on?
  bool has_word(std::size_t from) const {
    return std::any_of(letters_.begin() + static_cast<std::ptrdiff_t>(from), letters_.end(), [](const Letter& letter) { return begins_word(letter.c); });
  }

  void change_word(std::size_t begin, std::size_t end, bool begins_sentence, bool ends_title) {
    if (is_kept(begin, end)) return;
    const bool is_title_start = begin == first_word();
    char32_t& first = letters_[begin].c;
    if (options_->sentence) {
      // A subtitle, and what follows a colon, stays as it is written: styles differ there.
      if (is_title_start && field_ != Field::Subtitle) {
        first = text::to_upper(first);
      } else if (!begins_sentence && !is_title_start) {
        first = text::to_lower(first);
      }
      return;
    }
    const bool stays_small = is_small(begin, end) && !begins_sentence && !is_title_start && !ends_title;
    first = stays_small ? text::to_lower(first) : text::to_upper(first);
  }

  std::size_t first_word() const {
    const auto first = std::find_if(letters_.begin(), letters_.end(), [](const Letter& letter) { return begins_word(letter.c); });
    return static_cast<std::size_t>(first - letters_.begin());
  }

  std::string word(std::size_t begin, std::size_t end) const {
    std::string word;
    for (std::size_t at = begin; at < end; ++at) text::append_utf8(word, letters_[at].c);
    return word;
  }

  /// Protected by the source or the user, with a capital inside or a digit (an acronym, a formula, a name such as McKay), or a single letter that is a symbol.
  bool is_kept(std::size_t begin, std::size_t end) const {
    for (std::size_t at = begin; at < end; ++at) {
      const Letter& letter = letters_[at];
      if (letter.is_fixed || text::is_digit(letter.c) || (at > begin && text::is_upper(letter.c))) return true;
    }
    if (end == begin + 1 && is_symbol(begin)) return true;
    return !options_->protect.empty() && options_->protect.contains(word(begin, end));
  }

  /// "vitamin C", "hepatitis A", "p-value", "β": of single letters only small vowels are words, and none before a hyphen.
  bool is_symbol(std::size_t at) const {
    constexpr std::u32string_view kWords = U"aeiouy";
    const bool before_hyphen = at + 1 < letters_.size() && letters_[at + 1].c == U'-';
    return before_hyphen || kWords.find(letters_[at].c) == std::u32string_view::npos;
  }

  bool is_small(std::size_t begin, std::size_t end) const {
    const std::string lower = text::to_lower(word(begin, end));
    return std::find(std::begin(kSmallWords), std::end(kSmallWords), lower) != std::end(kSmallWords);
  }

  const CaseOptions* options_;
  Field field_;
  std::vector<Letter> letters_;
};

bool is_english(std::string_view language) {
  const std::optional<std::string_view> marc = text::marc_from(language);
  return marc && *marc == "eng";
}

class Case final : public Step {
 public:
  explicit Case(std::span<const StepArgument> arguments) {
    bool is_told = false;
    for (const StepArgument& argument : arguments) {
      if (argument.option == "to") set_target(argument.values, is_told);
      if (argument.option == "language") set_languages(argument.values.front());
      if (argument.option == "protect") options_.protect.insert(argument.values.begin(), argument.values.end());
      if (argument.option == "fields") set_fields(argument.values);
    }
    if (!is_told) throw UsageError("the step case wants to=sentence or to=title");
  }

  Verdict record(Record& record, DiagnosticSink& diagnostics) const override {
    for (Item& item : record.items()) {
      Entry* const entry = std::get_if<Entry>(&item);
      if (entry == nullptr || std::find(options_.fields.begin(), options_.fields.end(), entry->field) == options_.fields.end()) continue;
      if (RichText* const title = std::get_if<RichText>(&entry->value)) change(record, *entry, *title, diagnostics);
    }
    return Verdict::Keep;
  }

 private:
  void set_target(const std::vector<std::string>& words, bool& is_told) {
    const std::string& word = words.front();
    if ((word != "sentence" && word != "title") || words.size() != 1) throw UsageError(fmt::format("the step case makes sentence case or title case, not {}", fmt::join(words, ", ")));
    options_.sentence = word == "sentence";
    is_told = true;
  }

  void set_languages(const std::string& word) {
    if (word != "english" && word != "said" && word != "any") throw UsageError(fmt::format("the step case looks at titles that may be english, are said to be, or of any language, not {}", word));
    options_.languages = word == "said" ? Languages::Said : word == "any" ? Languages::Any : Languages::English;
  }

  void set_fields(const std::vector<std::string>& names) {
    static const Value kRich{RichText{}};
    options_.fields.clear();
    for (const std::string& name : names) {
      options_.fields.push_back(field_for_step(name));
      if (info(options_.fields.back()).kind != kRich.index()) throw UsageError(fmt::format("{} is no running text, and has no case to change", name));
    }
  }

  void change(Record& record, Entry& entry, RichText& title, DiagnosticSink& diagnostics) const {
    if (!is_in_language(record, entry, title)) return;
    if (options_.sentence && Recaser::is_in_capitals(title)) {
      if (!entry.same_as)
        say_change(diagnostics, record, "step/case-capitals", entry.span, fmt::format("{} is in capitals throughout and stays so: nothing tells its names", name_of(entry.field)));
      return;
    }
    const RichText changed = Recaser(options_, entry.field).recased(record.arena(), title);
    if (text::same_text(changed, title)) return;
    if (!entry.same_as)
      say_change(diagnostics, record, "step/case", entry.span, fmt::format("{} \"{}\" is written \"{}\"", name_of(entry.field), shortened(text::plain_text(title)), shortened(text::plain_text(changed))));
    title = changed;
    entry.raw = record.layout = {};
  }

  /// The text's own language, else the work's; an original title is in the original language, which is seldom said.
  bool is_in_language(const Record& record, const Entry& entry, const RichText& title) const {
    if (options_.languages == Languages::Any) return true;
    const Text* const said = record.get<Field::Language>();
    const Str language = !title.language.empty() ? title.language : entry.field == Field::OriginalTitle || said == nullptr ? Str() : said->value;
    if (language.empty()) return options_.languages == Languages::English;
    return is_english(language);
  }

  CaseOptions options_;
};

constexpr StepOption kOptions[] = {
    {"to", "sentence|title", "sentence: small letters but for the first word; title: capitals but for articles, short prepositions and conjunctions; \"to=\" may be left out"},
    {"protect", "WORD,…", "words that keep the case that they have: names, above all"},
    {"fields", "FIELD,…", "of these fields (title, subtitle and title-short, if it is not given)"},
    {"language", "english|said|any", "english (default): where the text or the record says no other language; said: only where one of them says English; any: whatever they say"},
};

constexpr StepExample kExamples[] = {
    {"case:sentence", "\"Tides in Small Harbours: A DNA Survey\" becomes \"Tides in small harbours: A DNA survey\""},
    {"case:sentence,protect=Wales,Laplace", "and these names keep their capitals"},
    {"case:title,fields=container-title", "\"Journal of coastal notes\" becomes \"Journal of Coastal Notes\""},
};

}  // namespace

const StepDescriptor& case_() {
  static constexpr StepDescriptor kStep = {
      "case",
      "put titles into sentence case or title case",
      "Words that the source protects ({Wales} in BibTeX, class=\"nocase\" in CSL), with capitals inside or digits (DNA, McKay, B12), single capitals and symbols (vitamin C, p-value), italics, formulas and addresses stay as they are; "
      "so do the first word behind a colon or a full stop, about which styles differ, and, in sentence case, titles that are in capitals throughout. Names that nothing protects lose their capitals in sentence "
      "case: each title that changes is noted (--changes=all). Other languages than English are left alone, unless language=any. One record at a time.",
      kOptions,
      kExamples,
      [](std::span<const StepArgument> arguments) -> AnyStep { return std::make_unique<const Case>(arguments); },
      "to",
  };
  return kStep;
}

}  // namespace bibmill::steps
