// Names of persons and bodies.
#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "bibmill/rule.h"
#include "bibmill/text/names.h"
#include "bibmill/text/unicode.h"
#include "words.h"

namespace bibmill::rules {

namespace {

/// Those who made the work. Investigators and personal names as subjects are what the database makes of them.
bool is_maker(Field field) { return holds<Names>(field) && !is_one_of<Field::Investigator, Field::PersonalNameSubject>(field); }

Span place_of(const Name& name, const Entry& entry) { return name.span.empty() ? entry.span : name.span; }

std::array<Str, 5> parts_of(const Name& name) { return {name.given, name.dropping_particle, name.non_dropping_particle, name.family, name.suffix}; }

std::string in_words(const Name& name) {
  if (name.is_body()) return std::string(name.literal);
  std::string words;
  for (const Str part : parts_of(name)) {
    if (part.empty()) continue;
    if (!words.empty()) words += ' ';
    words += part;
  }
  return words;
}

template <class Visit>
void for_each_name(const Entry& entry, Visit&& visit) {
  if (const auto* const names = std::get_if<Names>(&entry.value))
    for (const Name& name : names->list) visit(name);
}

// ----------------------------------------------------------------------------------------------------------------- rules

void in_capitals(const CheckedRecord&, const Entry& entry, Findings& findings) {
  constexpr std::size_t kLeast = 4;
  std::size_t persons = 0;
  std::size_t loud = 0;
  const Name* first = nullptr;
  for_each_name(entry, [&](const Name& name) {
    if (name.is_body() || name.given.empty()) return;
    ++persons;
    if (!is_in_capitals(name.family, kLeast)) return;
    ++loud;
    if (first == nullptr) first = &name;
  });
  // One name among others may be an abbreviation, or a family name as Chinese and French authors mark it.
  if (first != nullptr && loud * 2 > persons) findings.add(place_of(*first, entry), fmt::format("the name {} is in capitals", in_words(*first)));
}

/// "et al.", "others" and their like, as a name of its own or behind one.
constexpr std::array<std::string_view, 6> kOthers = {"et al", "et al.", "et alii", "and others", "u.a.", "etc."};

bool stands_for_others(std::string_view text) {
  return std::any_of(kOthers.begin(), kOthers.end(), [&](std::string_view others) {
    if (text.size() < others.size() || !text::equal_ignoring_ascii_case(text.substr(text.size() - others.size()), others)) return false;
    const std::size_t before = text.size() - others.size();
    return before == 0 || text[before - 1] == ' ';
  });
}

/// "Lind et al." as "Lind and others", where it ends a list of LaTeX's.
std::optional<Fix> with_others(const CheckedRecord& record, std::string_view written) {
  if (!has_word(kLatexFormats, record.format().id)) return std::nullopt;
  for (const std::string_view others : kOthers) {
    if (others == "and others" || !stands_for_others(written) || written.size() < others.size() || !text::equal_ignoring_ascii_case(written.substr(written.size() - others.size()), others)) continue;
    std::string_view before = text::trim_right(written.substr(0, written.size() - others.size()));
    while (before.ends_with(',')) before = text::trim_right(before.substr(0, before.size() - 1));
    return replace(record, written.substr(before.size()), before.empty() ? "others" : " and others", "write \"and others\"", true);
  }
  return std::nullopt;
}

void tell_of_others(std::string_view words, Span place, std::optional<Fix> fix, Findings& findings) {
  std::string message = fmt::format("\"{}\" is no name; the list is to say that it is cut off in its format's way (and others)", words);
  if (fix) {
    findings.add(place, std::move(message), std::move(*fix));
  } else {
    findings.add(place, std::move(message));
  }
}

/// The reader takes "and et al." for "and others", which BibTeX does not.
void et_al_for_others(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  std::string_view written = record.written(entry.span);
  if (written.size() < 2 || !has_word(kLatexFormats, record.format().id)) return;
  written = written.substr(1, written.size() - 2);
  const std::size_t last_and = written.rfind("and");
  if (last_and == std::string_view::npos) return;
  std::string_view last = text::trim(written.substr(last_and + 3));
  const std::string_view braced = last;
  if (last.starts_with('{') && last.ends_with('}')) last = last.substr(1, last.size() - 2);
  if (!last.starts_with("et") && !last.starts_with("Et")) return;
  tell_of_others(last, record.span_of(braced), replace(record, braced, "others", "write \"and others\"", true), findings);
}

void et_al(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const auto* const names = std::get_if<Names>(&entry.value);
  if (names == nullptr) return;
  for (const Name& name : names->list) {
    const std::string words = in_words(name);
    if (!stands_for_others(words) && !stands_for_others(name.given)) continue;
    const bool ends_list = &name == &names->list.back() && names->complete;
    tell_of_others(words, place_of(name, entry), ends_list ? with_others(record, record.written(name.span)) : std::nullopt, findings);
  }
  if (!names->complete) et_al_for_others(record, entry, findings);
}

void several_in_one(const CheckedRecord&, const Entry& entry, Findings& findings) {
  constexpr auto may_divide = [](Str part) { return part.find_first_of(";&") != Str::npos; };
  for_each_name(entry, [&](const Name& name) {
    const std::array<Str, 5> parts = parts_of(name);
    if (!may_divide(name.literal) && std::none_of(parts.begin(), parts.end(), may_divide)) return;
    const std::string words = in_words(name);
    const bool divided = words.find(';') != std::string::npos || (!name.is_body() && words.find(" & ") != std::string::npos);
    if (divided) findings.add(place_of(name, entry), fmt::format("\"{}\" seems to be several names; in BibTeX \"and\" divides them, elsewhere each has its own place", words));
  });
}

void odd_character(const CheckedRecord&, const Entry& entry, Findings& findings) {
  for_each_name(entry, [&](const Name& name) {
    if (name.is_body()) return;
    for (const Str part : {name.family, name.given}) {
      // Brackets are an editor's: "L[eslie]".
      const std::size_t at = part.find_first_of("0123456789@*<>{}|#:!?_");
      if (at == Str::npos) continue;
      findings.add(place_of(name, entry), fmt::format("the name \"{}\" holds {}, which no name has", in_words(name), part.substr(at, 1)));
      return;
    }
  });
}

constexpr WordList kTitles("dr dr. prof prof. professor mr mr. mrs mrs. ms ms. sir ph.d ph.d. phd m.d m.d. msc m.sc. dipl.-ing.");

bool has_title(std::string_view part, bool capitals_are_initials) {
  bool found = false;
  for_each_word(part, [&](std::string_view word) {
    while (word.ends_with(',')) word.remove_suffix(1);
    // "MD" may be two initials.
    if (!found && kTitles.has(word)) found = !(capitals_are_initials && word.size() <= 3 && is_in_capitals(word, 1));
  });
  return found;
}

void with_title(const CheckedRecord&, const Entry& entry, Findings& findings) {
  for_each_name(entry, [&](const Name& name) {
    if (name.is_body() || !(has_title(name.given, true) || has_title(name.suffix, false) || has_title(name.family, true))) return;
    findings.add(place_of(name, entry), fmt::format("the name \"{}\" holds a title or degree, which sorts and prints as a name", in_words(name)));
  });
}

constexpr WordList kBodies("university institute committee organization organisation association society consortium ministry department foundation council commission agency corporation collaboration inc. gmbh ltd");

/// A body that was taken apart like a person: BibTeX needs braces round it.
void body_as_person(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  for_each_name(entry, [&](const Name& name) {
    if (name.is_body()) return;
    std::size_t count = 0;
    bool body = false;
    for (const Str part : parts_of(name))
      for_each_word(part, [&](std::string_view word) {
        ++count;
        body = body || kBodies.has(word);
      });
    if (!body || count < 2) return;
    const std::string words = in_words(name);
    const Span place = place_of(name, entry);
    const std::string_view written = record.written(place);
    const std::string message = fmt::format("\"{}\" is a body that reads as a person: first and family name are turned round in print", words);
    if (!written.empty() && written.find_first_of("{}\"") == std::string_view::npos && written.find(',') == std::string_view::npos) {
      findings.add(place, message, replace(record, written, fmt::format("{{{}}}", written), "put braces round it", false));
    } else {
      findings.add(place, message);
    }
  });
}

void repeated_name(const CheckedRecord&, const Entry& entry, Findings& findings) {
  const auto* const names = std::get_if<Names>(&entry.value);
  constexpr std::size_t kMostCompared = 500;
  if (names == nullptr || names->list.size() > kMostCompared) return;
  for (std::size_t at = 1; at < names->list.size(); ++at) {
    const Name& name = names->list[at];
    // Two of one family name and initial are often two persons.
    if (name.is_body() || letters_of(name.given).lower < 2) continue;
    for (std::size_t before = 0; before < at; ++before) {
      const Name& other = names->list[before];
      if (other.family != name.family || other.given != name.given || other.suffix != name.suffix) continue;
      findings.add(place_of(name, entry), fmt::format("{} stands twice in the list", in_words(name)));
      return;
    }
  }
}

void no_family_name(const CheckedRecord&, const Entry& entry, Findings& findings) {
  for_each_name(entry, [&](const Name& name) {
    if (!name.is_body() && name.family.empty() && !name.given.empty()) findings.add(place_of(name, entry), fmt::format("the name \"{}\" has no family name", in_words(name)));
  });
}

constexpr std::array<std::string_view, 8> kNobody = {"anonymous", "anon", "[anonymous]", "n.n.", "nn", "unknown", "no author", "various"};

constexpr std::size_t kLongestNobody = 11;

void nobody(const CheckedRecord&, const Entry& entry, Findings& findings) {
  for_each_name(entry, [&](const Name& name) {
    const std::string words = in_words(name);
    if (words.size() > kLongestNobody) return;
    for (const std::string_view word : kNobody)
      if (text::equal_ignoring_ascii_case(words, word)) findings.add(place_of(name, entry), fmt::format("\"{}\" stands for nobody; leave the names out, and styles cite by title", words));
  });
}

/// "JK" for two initials where "J. K." is meant.
void initials_without_dots(const CheckedRecord&, const Entry& entry, Findings& findings) {
  for_each_name(entry, [&](const Name& name) {
    if (name.is_body() || name.given.empty() || name.given.size() > 4 || !is_in_capitals(name.given, 1) || name.given.find('.') != Str::npos) return;
    findings.add(place_of(name, entry), fmt::format("the initials of \"{}\" have no dots: several read as one name", in_words(name)));
  });
}

void initials_without_blank(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  for_each_name(entry, [&](const Name& name) {
    const Str given = name.given;
    for (std::size_t at = 1; at + 1 < given.size(); ++at) {
      if (given[at] != '.' || !text::is_ascii_upper(given[at - 1]) || !text::is_ascii_upper(given[at + 1])) continue;
      const Span place = place_of(name, entry);
      const std::string_view written = record.written(place);
      const std::size_t found = written.find(given);
      const std::string message = fmt::format("between the initials of \"{}\" blanks are missing: BibTeX takes them for one word, and abbreviates it to its first letter", in_words(name));
      if (found == std::string_view::npos) {
        findings.add(place, message);
      } else {
        std::string spaced;
        for (std::size_t i = 0; i < given.size(); ++i) {
          spaced += given[i];
          if (given[i] == '.' && i + 1 < given.size() && text::is_ascii_upper(given[i + 1])) spaced += ' ';
        }
        findings.add(place, message, replace(record, written.substr(found, given.size()), spaced, "put blanks between them", true));
      }
      return;
    }
  });
}

void without_comma(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  bool told = false;
  for_each_name(entry, [&](const Name& name) {
    const std::string_view written = record.written(name.span);
    if (told || name.is_body() || written.empty() || written.find(',') != std::string_view::npos || written.find('=') != std::string_view::npos || written.find(' ') == std::string_view::npos) return;
    told = true;
    findings.add(name.span, fmt::format("\"{}\" is written with the given name first; as \"Family, Given\" nobody can mistake which is which", written));
  });
}

/// "Lind OM": the family name and one to three initials, as PubMed writes names.
bool ends_with_initials(std::string_view written) {
  if (written.find_first_of(",{}\\=.~") != std::string_view::npos) return false;
  const std::size_t blank = written.rfind(' ');
  if (blank == std::string_view::npos) return false;
  const std::string_view initials = written.substr(blank + 1);
  if (initials.empty() || initials.size() > 3 || !std::all_of(initials.begin(), initials.end(), text::is_ascii_upper) || text::is_name_suffix(initials)) return false;
  return std::any_of(written.begin(), written.begin() + static_cast<std::ptrdiff_t>(blank), text::is_ascii_lower);
}

std::string as_family_and_given(std::string_view written) {
  const std::size_t blank = written.rfind(' ');
  std::string name = fmt::format("{},", text::trim(written.substr(0, blank)));
  for (const char initial : written.substr(blank + 1)) name += fmt::format(" {}.", initial);
  return name;
}

void initials_last(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  // Some are called so: "Malcolm X", and in Kerala many. PubMed writes all names alike.
  constexpr std::size_t kSeveral = 2;
  std::vector<std::string_view> loose;
  std::size_t persons = 0;
  for_each_name(entry, [&](const Name& name) {
    if (name.is_body()) return;
    ++persons;
    if (const std::string_view written = record.written(name.span); ends_with_initials(written)) loose.push_back(written);
  });
  if (persons < kSeveral || loose.size() < persons) return;
  Cluster cluster(record, findings);
  for (const std::string_view name : loose)
    cluster.add(name, fmt::format("\"{}\" has its initials last, and no comma: BibTeX takes them for the family name", name), as_family_and_given(name));
  cluster.tell("put a comma and dots");
}

void suffix_in_given(const CheckedRecord&, const Entry& entry, Findings& findings) {
  for_each_name(entry, [&](const Name& name) {
    const std::vector<std::string_view> words = words_of(name.given);
    if (name.is_body() || words.size() < 2) return;
    const std::string_view last = words.back();
    if ((last == "Jr" || last == "Jr." || last == "Sr" || last == "Sr." || last == "III") && text::is_name_suffix(last))
      findings.add(place_of(name, entry), fmt::format("{} of \"{}\" stands among the given names; it has a place of its own", last, in_words(name)));
  });
}

// clang-format off
constexpr Rule kRules[] = {
    {.code = "name/in-capitals", .summary = "Names are in capitals.", .why = "They shout in print, and particles (VON, DE) cannot be told from names.", .severity = Severity::Note,
     .bad = {"ris", "TY  - JOUR\nAU  - LIND, Oda\nTI  - Tides\nT2  - Coast\nPY  - 2001\nER  - \n"}, .good = {"ris", "TY  - JOUR\nAU  - Lind, Oda\nAU  - WHO, X\nTI  - Tides\nT2  - Coast\nPY  - 2001\nER  - \n"},
     .wants = is_maker, .value = in_capitals},
    {.code = "name/et-al", .summary = "\"et al.\" stands as a name.", .why = "It is printed as one, and sorted so. BibTeX has \"and others\" for it.", .fix = "safe",
     .bad = {"bibtex", "@misc{a, author = {Lind, Oda and et al.}, title = {Tides}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, author = {Lind, Oda and others}, title = {Tides}, year = 2001}\n"},
     .wants = is_maker, .value = et_al},
    {.code = "name/several-in-one", .summary = "Several names stand in the place of one.", .why = "They are read as one person.",
     .bad = {"bibtex", "@misc{a, author = {Oda Lind; Nils Berg}, title = {Tides}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, author = {Oda Lind and Nils Berg}, title = {Tides}, year = 2001}\n"},
     .wants = is_maker, .value = several_in_one},
    {.code = "name/odd-character", .summary = "A name holds a digit, an asterisk or the like.", .why = "It is the mark of a footnote, an address, or the rest of something that was cut wrongly.",
     .bad = {"bibtex", "@misc{a, author = {Lind1, Oda}, title = {Tides}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, author = {Lind-O'Hara, Oda (Mrs)}, title = {Tides}, year = 2001}\n"},
     .wants = is_maker, .value = odd_character},
    {.code = "name/with-title", .summary = "A name holds a title or degree.", .why = "It is taken for a given name.",
     .bad = {"bibtex", "@misc{a, author = {Lind, Dr. Oda}, title = {Tides}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, author = {Lind, Md O.}, title = {Tides}, year = 2001}\n"},
     .wants = is_maker, .value = with_title},
    {.code = "name/body-as-person", .summary = "A body is written as a person.", .why = "\"World Health Organization\" becomes \"Organization, W. H.\"; braces round the name keep it together.", .formats = kLatexFormats, .fix = "suggested",
     .bad = {"bibtex", "@misc{a, author = {World Health Organization}, title = {Tides}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, author = {{World Health Organization}}, title = {Tides}, year = 2001}\n"},
     .wants = is_maker, .value = body_as_person},
    {.code = "name/repeated", .summary = "A name stands twice in one list.", .why = "Lists are pasted together; sometimes two persons do have the same name.", .severity = Severity::Note, .by_default = false,
     .bad = {"bibtex", "@misc{a, author = {Lind, Oda and Lind, Oda}, title = {Tides}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, author = {Lind, O. and Lind, O.}, title = {Tides}, year = 2001}\n"},
     .wants = is_maker, .value = repeated_name},
    {.code = "name/no-family-name", .summary = "A person has given names only.", .why = "Styles sort by family name.", .severity = Severity::Note,
     .bad = {"csljson", R"([{"id": "a", "type": "article-journal", "title": "Tides", "container-title": "Coast", "author": [{"given": "Oda"}]}])" "\n"}, .good = {"csljson", R"([{"id": "a", "type": "article-journal", "title": "Tides", "container-title": "Coast", "author": [{"family": "Lind", "given": "Oda"}]}])" "\n"},
     .wants = is_maker, .value = no_family_name},
    {.code = "name/nobody", .summary = "A word for nobody stands as a name.", .why = "\"Anonymous\" and \"N.N.\" are printed and sorted as if somebody were called so.", .severity = Severity::Note, .by_default = false,
     .bad = {"bibtex", "@misc{a, author = {Anonymous}, title = {Tides}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Tides}, year = 2001}\n"},
     .wants = is_maker, .value = nobody},
    {.code = "name/initials-last", .summary = "Names are written as PubMed writes them, initials last and without a comma.", .why = "BibTeX takes the last word for the family name: \"Lind OM\" is cited as OM.", .formats = kLatexFormats, .fix = "suggested",
     .bad = {"bibtex", "@misc{a, author = {Lind OM and Berg N}, title = {Tides}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, author = {Lind, OM and Malcolm X and Henry Ford II}, title = {Tides}, year = 2001}\n"},
     .wants = is_maker, .value = initials_last},
    {.code = "name/suffix-in-given", .summary = "Jr, Sr or III stands among the given names.", .why = "It is printed as one of them.", .severity = Severity::Note, .by_default = false,
     .bad = {"bibtex", "@misc{a, author = {Lind, Nils Jr.}, title = {Tides}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, author = {Lind, Jr., Nils}, title = {Tides}, year = 2001}\n"},
     .wants = is_maker, .value = suffix_in_given},
    {.code = "style/initials-without-dots", .summary = "Initials have no dots.", .why = "BibTeX takes \"JK\" for one name, and prints J.", .severity = Severity::Note, .by_default = false, .formats = kLatexFormats,
     .bad = {"bibtex", "@misc{a, author = {Lind, OM}, title = {Tides}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, author = {Lind, O. M.}, title = {Tides}, year = 2001}\n"},
     .wants = is_maker, .value = initials_without_dots},
    {.code = "style/initials-without-blank", .summary = "Initials stand without a blank between them.", .why = "BibTeX takes \"J.K.\" for one name, and abbreviates it to J.", .severity = Severity::Note, .by_default = false, .formats = kLatexFormats, .fix = "safe",
     .bad = {"bibtex", "@misc{a, author = {Lind, O.M.}, title = {Tides}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, author = {Lind, O. M.}, title = {Tides}, year = 2001}\n"},
     .wants = is_maker, .value = initials_without_blank},
    {.code = "style/name-without-comma", .summary = "A name is written with the given name first.", .why = "Programs guess where the family name begins: \"María Pérez Lind\" goes wrong.", .severity = Severity::Note, .by_default = false, .formats = kLatexFormats,
     .bad = {"bibtex", "@misc{a, author = {Oda Lind}, title = {Tides}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, author = {Lind, Oda}, title = {Tides}, year = 2001}\n"},
     .wants = is_maker, .value = without_comma},
};
// clang-format on

}  // namespace

std::span<const Rule> names_rules() { return kRules; }

}  // namespace bibmill::rules
