// identifiers: bare forms, those that hide in other fields, and addresses that say no more than a DOI.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/reflect.h"
#include "bibmill/step.h"
#include "bibmill/text/identifiers.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"

namespace bibmill::steps {

namespace {

constexpr std::string_view kCode = "step/identifiers";

/// Which field an identifier of a scheme belongs to.
struct Home {
  std::string_view scheme;
  Field field;
};

constexpr Home kHomes[] = {{"doi", Field::Doi}, {"pmid", Field::Pmid}, {"pmcid", Field::Pmcid}, {"arxiv", Field::Identifier}};

/// Fields where exporters put what has no place of its own.
constexpr Field kHidingPlaces[] = {Field::Url, Field::Note, Field::Addendum, Field::HowPublished, Field::Annote};

bool is_ours(std::string_view scheme) {
  return std::any_of(std::begin(kHomes), std::end(kHomes), [&](const Home& home) { return home.scheme == scheme; });
}

Field home_of(std::string_view scheme) {
  return std::find_if(std::begin(kHomes), std::end(kHomes), [&](const Home& home) { return home.scheme == scheme; })->field;
}

bool has(const Record& record, std::string_view scheme) {
  bool found = false;
  for_each_entry(record, [&](const Entry& entry) {
    const Identifiers* const identifiers = std::get_if<Identifiers>(&entry.value);
    if (identifiers != nullptr && entry.field == home_of(scheme))
      for (const Identifier& one : identifiers->list) found = found || one.scheme == scheme;
  });
  return found;
}

/// The address' own words "doi", "pmid" are label enough; a bare number is not.
bool is_labelled(std::string_view written) {
  const std::string lower = text::to_lower(written);
  return lower.find("://") != std::string::npos || lower.starts_with("doi") || lower.starts_with("pmid") || lower.starts_with("pmc") || lower.starts_with("arxiv") || lower.starts_with("10.");
}

/// What a text is, if it is an identifier and nothing more.
std::optional<Identifier> identifier_in(Arena& arena, std::string_view written) {
  std::string_view bare = text::trim(written);
  if (bare.ends_with('.')) bare.remove_suffix(1);
  if (bare.find(' ') != std::string_view::npos && bare.find(": ") == std::string_view::npos) return std::nullopt;
  if (!is_labelled(bare)) return std::nullopt;
  for (const Home& home : kHomes) {
    const Identifier identifier = text::make_identifier(arena, home.scheme, bare);
    const bool understood = home.scheme == "doi"     ? identifier.value.starts_with("10.") && identifier.value.find('/') != Str::npos
                            : home.scheme == "arxiv" ? !text::arxiv_from(bare).id.empty()
                            : home.scheme == "pmid"  ? !text::pmid_from(bare).empty()
                                                     : !text::pmcid_from(arena, bare).empty();
    if (understood && !identifier.value.empty() && identifier.value.find(' ') == Str::npos) return identifier;
  }
  return std::nullopt;
}

bool same(const Identifier& a, const Identifier& b) { return a.scheme == b.scheme && text::equal_ignoring_ascii_case(a.value, b.value); }

bool has(const Record& record, const Identifier& wanted) {
  bool found = false;
  for_each_entry(record, [&](const Entry& entry) {
    const Identifiers* const identifiers = std::get_if<Identifiers>(&entry.value);
    if (identifiers != nullptr)
      for (const Identifier& one : identifiers->list) found = found || same(one, wanted);
  });
  return found;
}

std::string values_of(const Identifiers& identifiers) {
  std::string values;
  for (const Identifier& one : identifiers.list) values += fmt::format("{}{}", values.empty() ? "" : ", ", std::string_view(one.value));
  return values;
}

std::string plain_text_of(const Entry& entry) {
  if (const Text* const text = std::get_if<Text>(&entry.value)) return std::string(text->value);
  if (const RichText* const rich = std::get_if<RichText>(&entry.value)) return text::plain_text(*rich);
  return {};
}

/// The text of an identifier as its format has it: without quotes, braces and backslashes, which none has of its own, and the command \url.
std::string undressed(std::string_view written) {
  constexpr std::string_view kAddress = "\\url";
  std::string bare;
  for (std::size_t at = 0; at < written.size(); ++at) {
    if (written.substr(at).starts_with(kAddress)) at += kAddress.size();
    if (at < written.size() && std::string_view("\\{}\"").find(written[at]) == std::string_view::npos) bare += written[at];
  }
  return std::string(text::trim(bare));
}

/// What the field says as it stands, where that is an identifier with more around it: a label, a resolver. Such a text would be written instead of the value; one that only has
/// the format's own marks (10.1000/a\_b), or says more than the value does, stays.
std::string dressed_text(Arena& arena, const Entry& entry, const List<Identifier>& list) {
  const Str raw = entry.raw;
  if (raw.empty() || list.empty()) return {};
  std::string written = undressed(raw);
  std::string_view rest = written;
  bool is_dressed = false;
  for (std::size_t at = 0; at < list.size(); ++at) {
    const bool is_last = at + 1 == list.size();
    const std::size_t end = is_last ? rest.size() : std::min(rest.find_first_of(",;\n"), rest.size());
    const std::string_view piece = text::trim(rest.substr(0, end));
    const Identifier bare = text::make_identifier(arena, list[at].scheme, piece);
    if (bare.value != list[at].value || bare.qualifier != list[at].qualifier) return {};
    is_dressed = is_dressed || !piece.starts_with(bare.value);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return is_dressed ? written : std::string();
}

class IdentifierStep final : public Step {
 public:
  explicit IdentifierStep(std::span<const StepArgument> arguments) {
    for (const StepArgument& argument : arguments) {
      const std::string& value = argument.values.front();
      if (argument.option == "url" && value != "drop" && value != "keep") throw UsageError(fmt::format("of a URL that repeats an identifier, the step identifiers can drop or keep it, not {}", value));
      if (argument.option == "harvest" && value != "yes" && value != "no") throw UsageError(fmt::format("the step identifiers harvests, yes or no, not {}", value));
      if (argument.option == "url") drops_url_ = value == "drop";
      if (argument.option == "harvest") harvests_ = value == "yes";
    }
  }

  Verdict record(Record& record, DiagnosticSink& diagnostics) const override {
    normalise(record, diagnostics);
    if (harvests_) harvest(record, diagnostics);
    if (drops_url_) drop_url(record, diagnostics);
    return Verdict::Keep;
  }

 private:
  static void normalise(Record& record, DiagnosticSink& diagnostics) {
    for (Item& item : record.items()) {
      Entry* const entry = std::get_if<Entry>(&item);
      Identifiers* const identifiers = entry == nullptr ? nullptr : std::get_if<Identifiers>(&entry->value);
      if (identifiers == nullptr) continue;
      for (Identifier& one : identifiers->list) {
        const Identifier bare = text::make_identifier(record.arena(), one.scheme, one.value);
        const std::string_view written = is_ours(one.scheme) && !one.raw.empty() ? one.raw : one.value;
        if (bare.value.empty() || bare.value == written) continue;
        say_change(diagnostics, record, kCode, entry->span, fmt::format("{} {} is written {}", name_of(entry->field), shortened(written), bare.value));
        one.value = bare.value;
        if (one.version.empty()) one.version = bare.version;
        one.raw = entry->raw = record.layout = {};
      }
      if (const std::string written = dressed_text(record.arena(), *entry, identifiers->list); !written.empty()) {
        say_change(diagnostics, record, kCode, entry->span, fmt::format("{} {} is written {}", name_of(entry->field), shortened(written), values_of(*identifiers)));
        entry->raw = record.layout = {};
      }
    }
  }

  /// An identifier that a field holds and nothing else moves to its own; one that only an address tells is copied.
  static void harvest(Record& record, DiagnosticSink& diagnostics) {
    std::vector<std::pair<Identifier, Span>> found;
    record.remove_if([&](const Item& item) {
      const Entry* const entry = std::get_if<Entry>(&item);
      if (entry == nullptr || std::find(std::begin(kHidingPlaces), std::end(kHidingPlaces), entry->field) == std::end(kHidingPlaces)) return false;
      const std::optional<Identifier> identifier = identifier_in(record.arena(), plain_text_of(*entry));
      if (!identifier) return false;
      const bool is_new = !has(record, identifier->scheme);
      if (is_new) {
        found.emplace_back(*identifier, entry->span);
        say_change(diagnostics, record, kCode, entry->span, fmt::format("{} {} is found in {}", identifier->scheme, identifier->value, name_of(entry->field)));
      }
      return entry->field != Field::Url && (is_new || has(record, *identifier));
    });
    for (auto& [identifier, span] : found) {
      if (has(record, identifier.scheme)) continue;
      identifier.raw = {};
      Identifiers identifiers;
      identifiers.list.push_back(record.arena(), identifier);
      record.add(home_of(identifier.scheme), identifiers, {}, span);
      record.layout = {};
    }
  }

  static void drop_url(Record& record, DiagnosticSink& diagnostics) {
    record.remove_if([&](const Item& item) {
      const Entry* const entry = std::get_if<Entry>(&item);
      if (entry == nullptr || entry->field != Field::Url) return false;
      const std::optional<Identifier> identifier = identifier_in(record.arena(), plain_text_of(*entry));
      if (!identifier || !has(record, *identifier)) return false;
      say_change(diagnostics, record, kCode, entry->span, fmt::format("URL {} only repeats the {} and is dropped", plain_text_of(*entry), identifier->scheme));
      return true;
    });
  }

  bool drops_url_ = true;
  bool harvests_ = true;
};

constexpr StepOption kOptions[] = {
    {"url", "drop|keep", "drop (default) an address that only repeats an identifier"},
    {"harvest", "yes|no", "take (default) an identifier that stands alone in a note or an address, where the record has none of its kind"},
};

constexpr StepExample kExamples[] = {
    {"identifiers", "\"https://doi.org/10.1000/x\" in a note or an address becomes the DOI 10.1000/x"},
    {"identifiers:url=keep", "the same, and the address stays"},
};

}  // namespace

const StepDescriptor& identifiers() {
  static constexpr StepDescriptor kStep = {
      "identifiers",
      "write identifiers in their bare form, and find those that hide",
      "DOI, PMID, PMCID and arXiv numbers are taken out of notes and addresses that hold nothing else, provided that they are labelled or are addresses. Identifiers within running text may "
      "be those of other works, and are left alone. One record at a time.",
      kOptions,
      kExamples,
      [](std::span<const StepArgument> arguments) -> AnyStep { return std::make_unique<const IdentifierStep>(arguments); },
      {},
  };
  return kStep;
}

}  // namespace bibmill::steps
