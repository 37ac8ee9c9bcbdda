// The commands of natbib, biblatex, apacite, harvard, csquotes, revtex and others.
#include "manuscript/latex_commands.h"

#include <algorithm>
#include <array>

#include "bibmill/text/unicode.h"

namespace bibmill {

namespace {

constexpr CiteCommand kCommands[] = {
    // LaTeX, natbib, cite, revtex, bibentry
    {"cite"}, {"nocite"}, {"citet"}, {"citep"}, {"citealt"}, {"citealp"}, {"citeauthor"}, {"citefullauthor"}, {"citeyear"}, {"citeyearpar"}, {"citenum"},
    {"citetalias"}, {"citepalias"}, {"citen"}, {"citeonline"}, {"onlinecite"}, {"bibentry"}, {"shortcite"}, {"footcite"}, {"fullcite"},
    // biblatex
    {"parencite"}, {"textcite"}, {"smartcite"}, {"supercite"}, {"autocite"}, {"footcitetext"}, {"footfullcite"}, {"citetitle"}, {"citedate"}, {"citeurl"},
    {"notecite"}, {"pnotecite"}, {"fnotecite"}, {"citefield"}, {"citelist"}, {"citename"}, {"entrydata"}, {"nptextcite"},
    {"cites", 1, true}, {"parencites", 1, true}, {"textcites", 1, true}, {"smartcites", 1, true}, {"supercites", 1, true}, {"autocites", 1, true},
    {"footcites", 1, true}, {"footcitetexts", 1, true}, {"fullcites", 1, true}, {"footfullcites", 1, true}, {"citeauthors", 1, true},
    {"volcite", 2}, {"pvolcite", 2}, {"fvolcite", 2}, {"ftvolcite", 2}, {"svolcite", 2}, {"tvolcite", 2}, {"avolcite", 2},
    // apacite
    {"citeA"}, {"citeNP"}, {"citeauthorNP"}, {"citeyearNP"}, {"fullciteA"}, {"fullciteNP"}, {"fullciteauthor"}, {"fullciteauthorNP"}, {"shortciteA"},
    {"shortciteNP"}, {"shortciteauthor"}, {"shortciteauthorNP"}, {"maskcite"}, {"maskciteA"}, {"maskciteNP"}, {"maskciteauthor"}, {"maskciteyear"}, {"maskfullcite"},
    {"maskshortcite"}, {"masknocite"}, {"nocitemeta"},
    // harvard, achicago, jurabib
    {"citeasnoun"}, {"possessivecite"}, {"citeaffixed"}, {"citeN"}, {"citeaNP"}, {"citeyearN"}, {"shortciteN"}, {"footcitet"},
    // csquotes
    {"textcquote"}, {"blockcquote"}, {"foreigntextcquote", 2}, {"foreignblockcquote", 2}, {"hyphentextcquote", 2}, {"hyphenblockcquote", 2}, {"hybridblockcquote", 2},
};

/// They have "cite" in their names and cite nothing.
constexpr std::string_view kInnocent[] = {
    "citetext", "citestyle", "setcitestyle", "bibcite", "newcites", "defcitealias", "shortcites", "citepunct", "citesort", "citedash", "citeindex", "citenumfont",
    "citeform", "citeleft", "citeright", "citemid", "citereset", "citetrackertrue", "citetrackerfalse", "declarecitecommand", "declaremulticitecommand",
    "declareautocitecommand", "ateverycite", "ateverycitekey", "atnextcite", "atnextcitekey", "ifciteseen", "ifciteibid", "ifciteindex", "ifcitation", "usecitecmd",
    "renewcites", "citationstyle", "citerefblock", "citecolor", "mkcitation", "citesetup", "bibpunct", "citationreq", "setcitation",
};

std::string lower_first(std::string_view name) {
  std::string lower(name);
  if (!lower.empty()) lower.front() = text::ascii_lower(lower.front());
  return lower;
}

const CiteCommand* known(std::string_view name) {
  const std::string lower = lower_first(name);
  const auto found = std::find_if(std::begin(kCommands), std::end(kCommands), [&](const CiteCommand& each) { return each.name == lower; });
  return found == std::end(kCommands) ? nullptr : &*found;
}

}  // namespace

LatexCommands::LatexCommands(const std::vector<std::string>& further) {
  for (const std::string& name : further) define(std::string_view(name).substr(name.starts_with('\\') ? 1 : 0), 1);
}

void LatexCommands::define(std::string_view name, unsigned argument) { own_.insert_or_assign(std::string(name), CiteCommand{{}, argument, false}); }

const CiteCommand* LatexCommands::find(std::string_view name) const {
  if (const auto own = own_.find(name); own != own_.end()) return &own->second;
  if (const CiteCommand* const command = known(name)) return command;
  for (const std::string& suffix : suffixes_)
    if (name.ends_with(suffix))
      if (const CiteCommand* const command = known(name.substr(0, name.size() - suffix.size()))) return command;
  return nullptr;
}

bool LatexCommands::is_suspicious(std::string_view name) {
  const std::string lower = text::to_lower(name);
  if (lower.find("cite") == std::string::npos || lower.find('@') != std::string::npos) return false;
  if (std::find(std::begin(kInnocent), std::end(kInnocent), lower) != std::end(kInnocent)) return false;
  if (std::find(suspects_.begin(), suspects_.end(), name) != suspects_.end()) return false;
  suspects_.emplace_back(name);
  return true;
}

}  // namespace bibmill
