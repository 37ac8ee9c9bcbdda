// Names of entry types, to and from the types of records.
#include "types.h"

#include <algorithm>
#include <unordered_map>

namespace bibmill::bibtex {

namespace {

using TypeIndex = std::unordered_map<std::string_view, Type>;

TypeIndex make_index() {
  TypeIndex index;
  for (const std::span<const TypeMapping> table : {std::span<const TypeMapping>(kBiblatexTypes), std::span<const TypeMapping>(kBibtexTypes)})
    for (const TypeMapping& row : table)
      if (row.way != Way::WriteOnly) index.emplace(row.name, row.type);
  return index;
}

constexpr std::string_view kSubtypeNote = "entrysubtype=";

const TypeMapping* writing_row(Dialect dialect, Type type) {
  const std::span<const TypeMapping> rows = dialect == Dialect::Bibtex ? std::span<const TypeMapping>(kBibtexTypes) : std::span<const TypeMapping>(kBiblatexTypes);
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const TypeMapping& one) { return one.way != Way::ReadOnly && one.type == type; });
  return row == rows.end() ? nullptr : &*row;
}

std::optional<Type> type_of_subtype(std::string_view subtype) {
  if (subtype.empty()) return std::nullopt;
  if (subtype.empty()) return std::nullopt;
  if (subtype == "magazine") return Type::ArticleMagazine;
  if (subtype == "newspaper") return Type::ArticleNewspaper;
  return type_named(subtype);
}

/// May an entry of this name be of the type that its entrysubtype says: is it so written, or read?
bool may_be(std::string_view name, Type type) {
  const auto reads = [&](const TypeMapping& one) { return one.name == name && one.type == type; };
  if (std::any_of(std::begin(kBiblatexTypes), std::end(kBiblatexTypes), reads)) return true;
  const TypeMapping* const row = writing_row(Dialect::Biblatex, type);
  if (row == nullptr ? name == "misc" : row->name == name) return true;
  return std::any_of(std::begin(kSubtypes), std::end(kSubtypes), [&](const Subtype& one) { return one.name == name && one.type == type; });
}

bool is_article(std::string_view name) { return name == "article" || name == "online" || name == "electronic" || name == "www" || name == "misc" || name == "unpublished"; }

}  // namespace

ReadType read_type(std::string_view name, const TypeHints& hints) {
  static const TypeIndex kIndex = make_index();
  ReadType read;
  const auto found = kIndex.find(name);
  if (found != kIndex.end())
    read.type = found->second;
  else
    read.known = std::find(std::begin(kTypesOfNoKind), std::end(kTypesOfNoKind), name) != std::end(kTypesOfNoKind);
  if (!read.known)
    for (const LooseType& loose : kLooseTypes)
      if (loose.name == name) read.type = loose.type;
  if (const std::optional<Type> type = type_of_subtype(hints.subtype); type && may_be(name, *type)) {
    read.type = *type;
    read.subtype_used = true;
    return read;
  }
  if (hints.preprint_archive && !hints.journal && is_article(name)) {
    read.type = Type::Article;
  } else if (name == "unpublished" && hints.event) {
    read.type = Type::Speech;
  } else if (name == "misc" && hints.address && !hints.doi) {
    read.type = Type::Webpage;
  }
  return read;
}

WrittenType written_type(Type type, Dialect dialect, std::string_view genre, bool has_editor) {
  const TypeMapping* const row = writing_row(dialect, type);
  if (row == nullptr) return {"misc", dialect == Dialect::Biblatex ? name_of(type) : std::string_view{}};
  if (type == Type::Chapter && !has_editor) return {"inbook", {}};
  if (type == Type::Thesis && dialect == Dialect::Bibtex && is_masters(genre)) return {"mastersthesis", {}};
  if (dialect == Dialect::Biblatex && row->note.starts_with(kSubtypeNote)) return {row->name, row->note.substr(kSubtypeNote.size())};
  return {row->name, {}};
}

bool only_in_biblatex(std::string_view lower_type) {
  const auto has = [&](std::span<const TypeMapping> rows) {
    return std::any_of(rows.begin(), rows.end(), [&](const TypeMapping& row) { return row.name == lower_type; });
  };
  // IEEEtran's styles have these for classic BibTeX.
  if (lower_type == "electronic" || lower_type == "periodical" || lower_type == "standard") return false;
  return lower_type == "xdata" || lower_type == "set" || (has(kBiblatexTypes) && !has(kBibtexTypes));
}

}  // namespace bibmill::bibtex
