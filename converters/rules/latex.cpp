// LaTeX in values: characters that mean something else there, formulas that do not end, commands of another age.
#include <fmt/format.h>

#include "bibmill/rule.h"
#include "bibmill/text/byte_scan.h"
#include "bibmill/text/entities.h"
#include "bibmill/text/unicode.h"
#include "latex_text.h"
#include "words.h"

namespace bibmill::rules {

namespace {

/// What styles print. Addresses, files, abstracts and keywords are not typeset, or not read as LaTeX.
bool is_printed(Field field) {
  if (is_one_of<Field::Abstract, Field::OtherAbstract, Field::Keyword, Field::File, Field::Annote, Field::Url, Field::CitationText, Field::Related, Field::SortKey>(field)) return false;
  return holds<RichText>(field) || holds<Names>(field) || holds<Text>(field) || holds<Pages>(field);
}

template <char sign>
void unescaped(const CheckedRecord& record, const Entry& entry, Findings& findings, std::string_view what, bool fixable) {
  const std::string_view written = record.written(entry.span);
  if (written.find(sign) == std::string_view::npos) return;
  Cluster cluster(record, findings);
  for_each_text_byte(written, [&](std::size_t at) {
    if (written[at] != sign) return;
    // Entities and character references of HTML are told of elsewhere.
    if (sign == '&' && text::character_reference_at(written, at).size > 0) return;
    if (sign == '#' && at > 0 && written[at - 1] == '&' && text::character_reference_at(written, at - 1).size > 0) return;
    const std::string message = fmt::format("{} has a meaning of its own in LaTeX ({}); write \\{} for the sign", sign, what, sign);
    if (fixable) {
      cluster.add(written.substr(at, 1), message, std::string("\\") + sign);
    } else {
      cluster.add(written.substr(at, 1), message);
    }
  });
  cluster.tell("write a backslash before it", true);
}

void unescaped_ampersand(const CheckedRecord& record, const Entry& entry, Findings& findings) { unescaped<'&'>(record, entry, findings, "it divides columns", true); }
void unescaped_percent(const CheckedRecord& record, const Entry& entry, Findings& findings) { unescaped<'%'>(record, entry, findings, "it begins a comment", true); }
void unescaped_hash(const CheckedRecord& record, const Entry& entry, Findings& findings) { unescaped<'#'>(record, entry, findings, "it stands for an argument", true); }
void unescaped_underscore(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  if (!is_one_of<Field::Identifier>(entry.field)) unescaped<'_'>(record, entry, findings, "it makes subscripts in formulas", true);
}
void caret_outside_formula(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const std::string_view written = record.written(entry.span);
  if (written.find('^') == std::string_view::npos) return;
  Cluster cluster(record, findings);
  for_each_text_byte(written, [&](std::size_t at) {
    if (written[at] == '^') cluster.add(written.substr(at, 1), "^ makes superscripts, and in formulas only");
  });
  cluster.tell();
}

void unclosed_formula(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const std::string_view written = record.written(entry.span);
  if (written.find('$') == std::string_view::npos) return;
  if (!for_each_text_byte(written, [](std::size_t) {})) findings.add(entry.span, "a formula begins with $ and does not end; write \\$ for the sign");
}

constexpr std::string_view kOldCommands[] = {"\\bf ", "\\it ", "\\em ", "\\rm ", "\\sc ", "\\tt ", "\\sl ", "\\bf{", "\\it{", "\\em{", "\\sc{", "\\bf\\", "\\it\\", "\\em\\"};

void old_font_command(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const std::string_view written = record.written(entry.span);
  if (!text::holds<'\\'>(written)) return;
  for (const std::string_view command : kOldCommands) {
    const std::size_t at = written.find(command);
    if (at == std::string_view::npos) continue;
    const std::string_view name = command.substr(0, command.size() - 1);
    findings.add(record.span_of(written.substr(at, name.size())), fmt::format("{} is a font command of LaTeX 2.09; \\text… and \\emph have taken their place", name));
    return;
  }
}

void straight_quotes(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const std::string_view written = record.written(entry.span);
  bool told = false;
  if (written.empty() || written.front() != '{' || !text::holds<'"'>(written)) return;
  for_each_text_byte(written, [&](std::size_t at) {
    // "a is an umlaut of babel's.
    if (told || written[at] != '"' || (at > 0 && written[at - 1] == '{')) return;
    told = true;
    findings.add(record.span_of(written.substr(at, 1)), "a straight quotation mark prints as a closing one: ``…'' or \\enquote{…} are right");
  });
}

void ellipsis_dots(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const std::string_view written = record.written(entry.span);
  const std::size_t at = written.find("...");
  if (at != std::string_view::npos) findings.add(record.span_of(written.substr(at, 3)), "three dots stand too close together in print: \\dots is right");
}

/// Braces around a part of a word: they stop kerning, and say nothing that braces around the word would not.
void braces_within_word(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const std::string_view written = record.written(entry.span);
  for (std::size_t at = 2; at + 2 < written.size(); ++at) {
    if (written[at] != '{' || !text::is_ascii_upper(written[at + 1]) || written[at + 2] != '}') continue;
    const bool before = text::is_ascii_letter(written[at - 1]);
    const bool behind = at + 3 < written.size() && text::is_ascii_letter(written[at + 3]);
    if (!before && !behind) continue;
    findings.add(record.span_of(written.substr(at, 3)), "braces around a part of a word stop kerning; put them round the word");
    return;
  }
}

bool is_title(Field field) { return is_one_of<Field::Title, Field::Subtitle, Field::ContainerTitle, Field::CollectionTitle, Field::TitleAddon, Field::VolumeTitle>(field); }

/// Words such as DNA or McDonald, which styles that lower titles would spoil.
void unprotected_capitals(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const std::string_view written = record.written(entry.span);
  if (written.size() < 3 || written.substr(0, 2) == "{{") return;
  int depth = 0;
  std::size_t word = std::string_view::npos;
  for (std::size_t at = 0; at < written.size(); ++at) {
    const char c = written[at];
    if (c == '\\') {
      while (at + 1 < written.size() && text::is_ascii_letter(written[at + 1])) ++at;
      word = std::string_view::npos;
      continue;
    }
    depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    if (!text::is_ascii_letter(c)) {
      word = std::string_view::npos;
    } else if (word == std::string_view::npos) {
      word = at;
    } else if (depth <= 1 && text::is_ascii_upper(c)) {
      std::size_t end = at;
      while (end < written.size() && text::is_ascii_letter(written[end])) ++end;
      const std::string_view piece = written.substr(word, end - word);
      findings.add(record.span_of(piece), fmt::format("styles that lower titles spoil {}; braces protect it", piece), replace(record, piece, fmt::format("{{{}}}", piece), "put braces round it", false));
      return;
    }
  }
}

void title_in_double_braces(const CheckedRecord& record, const Entry& entry, Findings& findings) {
  const std::string_view written = record.written(entry.span);
  if (written.size() < 5 || !written.starts_with("{{") || !written.ends_with("}}")) return;
  int depth = 0;
  for (std::size_t at = 1; at + 1 < written.size(); ++at) {
    depth += written[at] == '{' ? 1 : written[at] == '}' ? -1 : 0;
    if (depth == 0 && at + 2 < written.size()) return;  // the inner pair does not hold the whole
  }
  const std::string_view inside = written.substr(1, written.size() - 2);
  findings.add(entry.span, "the whole title is in two pairs of braces, so that no style can change its case", replace(record, inside, std::string(inside.substr(1, inside.size() - 2)), "take one pair off", false));
}

// clang-format off

constexpr Rule kRules[] = {
    {.code = "text/unescaped-ampersand", .summary = "An & stands bare in a value.", .why = "LaTeX stops with an error: & divides columns.", .formats = kLatexFormats, .fix = "safe",
     .bad = {"bibtex", "@misc{a, title = {Tides & Harbours}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Tides \\& Harbours}, year = 2001, url = {https://example.org/?a=1&b=2}}\n"},
     .wants = is_printed, .value = unescaped_ampersand},
    {.code = "text/unescaped-percent", .summary = "A % stands bare in a value.", .why = "LaTeX takes it for the beginning of a comment, and drops the rest of the line.", .formats = kLatexFormats, .fix = "safe",
     .bad = {"bibtex", "@misc{a, title = {A loss of 10% in harbours}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {A loss of 10\\% in harbours}, year = 2001, url = {https://example.org/low%20tide}}\n"},
     .wants = is_printed, .value = unescaped_percent},
    {.code = "text/unescaped-hash", .summary = "A # stands bare within a value.", .why = "LaTeX stops with an error.", .formats = kLatexFormats, .fix = "safe",
     .bad = {"bibtex", "@misc{a, title = {Harbour #5}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Harbour \\#5} # { and more}, year = 2001}\n"},
     .wants = is_printed, .value = unescaped_hash},
    {.code = "text/unescaped-underscore", .summary = "A _ stands bare in a value.", .why = "LaTeX stops with an error: outside formulas there are no subscripts.", .formats = kLatexFormats, .fix = "safe",
     .bad = {"bibtex", "@misc{a, title = {The variable low_tide}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {The variable low\\_tide and $t_0$, \\url{a_b}}, year = 2001}\n"},
     .wants = is_printed, .value = unescaped_underscore},
    {.code = "text/caret-outside-formula", .summary = "A ^ stands outside of formulas.", .why = "LaTeX stops with an error. Write \\textsuperscript{…} or $^{…}$.", .formats = kLatexFormats,
     .bad = {"bibtex", "@misc{a, title = {Ca^2+ in harbours}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Ca$^{2+}$ in harbours, caf\\^e}, year = 2001}\n"},
     .wants = is_printed, .value = caret_outside_formula},
    {.code = "text/unclosed-formula", .summary = "A formula does not end.", .why = "What follows is set as a formula as far as LaTeX can bear it.", .formats = kLatexFormats,
     .bad = {"bibtex", "@misc{a, title = {Harbours for $5}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Harbours for \\$5 at $t_0$}, year = 2001}\n"},
     .wants = is_printed, .value = unclosed_formula},
    {.code = "style/old-font-command", .summary = "A font command of LaTeX 2.09 stands in a value.", .why = "Today's classes do not define \\bf, \\it and \\em's kin any more.", .severity = Severity::Note, .by_default = false, .formats = kLatexFormats,
     .bad = {"bibtex", "@misc{a, title = {Growth of {\\it Laminaria}}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Growth of \\textit{Laminaria}}, year = 2001}\n"},
     .wants = is_printed, .value = old_font_command},
    {.code = "style/straight-quotes", .summary = "A straight quotation mark stands in a value.", .why = "It prints as a closing one.", .severity = Severity::Note, .by_default = false, .formats = kLatexFormats,
     .bad = {"bibtex", "@misc{a, title = {The \"low\" tide}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {The ``low'' tide}, year = 2001}\n"},
     .wants = is_printed, .value = straight_quotes},
    {.code = "style/ellipsis-dots", .summary = "Three dots stand for an ellipsis.", .why = "They are set too close together.", .severity = Severity::Note, .by_default = false, .formats = kLatexFormats,
     .bad = {"bibtex", "@misc{a, title = {Tides ... and harbours}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Tides \\dots\\ and harbours}, year = 2001}\n"},
     .wants = is_printed, .value = ellipsis_dots},
    {.code = "style/braces-within-word", .summary = "Braces stand round a part of a word.", .why = "They stop kerning and ligatures there.", .severity = Severity::Note, .by_default = false, .formats = kLatexFormats,
     .bad = {"bibtex", "@misc{a, title = {Tides of {B}ergen}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Tides of {Bergen}}, year = 2001}\n"},
     .wants = is_title, .value = braces_within_word},
    {.code = "style/unprotected-capitals", .summary = "A word with capitals inside has no braces in a title.", .why = "Styles that lower titles make \"dna\" of DNA.", .severity = Severity::Note, .by_default = false, .formats = kLatexFormats, .fix = "suggested",
     .bad = {"bibtex", "@misc{a, title = {Kelp and its DNA}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {Kelp and its {DNA}}, year = 2001}\n"},
     .wants = is_title, .value = unprotected_capitals},
    {.code = "style/title-in-double-braces", .summary = "A whole title is in two pairs of braces.", .why = "No style can change its case then; protect single words.", .severity = Severity::Note, .by_default = false, .formats = kLatexFormats, .fix = "suggested",
     .bad = {"bibtex", "@misc{a, title = {{Tides and Harbours}}, year = 2001}\n"}, .good = {"bibtex", "@misc{a, title = {{Tides} and {Harbours}}, year = 2001}\n"},
     .wants = is_title, .value = title_in_double_braces},
};
// clang-format on

}  // namespace

std::span<const Rule> latex_rules() { return kRules; }

}  // namespace bibmill::rules
