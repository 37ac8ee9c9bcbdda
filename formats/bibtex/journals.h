// Names of journals that files leave to macros: plain.bst's strings, and the AAS's commands, which ADS writes.
#pragma once

#include <string_view>

namespace bibmill::bibtex {

struct JournalMacro {
  std::string_view name;
  std::string_view text;
};

/// Strings that plain.bst and its sisters define.
inline constexpr JournalMacro kJournalStrings[] = {
    {"acmcs", "ACM Computing Surveys"}, {"acta", "Acta Informatica"}, {"cacm", "Communications of the ACM"},
    {"ibmjrd", "IBM Journal of Research and Development"}, {"ibmsj", "IBM Systems Journal"},
    {"ieeese", "IEEE Transactions on Software Engineering"}, {"ieeetc", "IEEE Transactions on Computers"},
    {"ieeetcad", "IEEE Transactions on Computer-Aided Design of Integrated Circuits"}, {"ipl", "Information Processing Letters"},
    {"jacm", "Journal of the ACM"}, {"jcss", "Journal of Computer and System Sciences"}, {"scp", "Science of Computer Programming"},
    {"sicomp", "SIAM Journal on Computing"}, {"tcs", "Theoretical Computer Science"}, {"tocs", "ACM Transactions on Computer Systems"},
    {"tods", "ACM Transactions on Database Systems"}, {"tog", "ACM Transactions on Graphics"},
    {"toms", "ACM Transactions on Mathematical Software"}, {"toois", "ACM Transactions on Office Information Systems"},
    {"toplas", "ACM Transactions on Programming Languages and Systems"},
};

/// Commands of aastex and of ADS's own macro file. What they print is an abbreviation, and nothing is made of it.
inline constexpr JournalMacro kJournalCommands[] = {
    {"\\aj", "AJ"}, {"\\actaa", "Acta Astron."}, {"\\araa", "ARA&A"}, {"\\apj", "ApJ"}, {"\\apjl", "ApJL"}, {"\\apjlett", "ApJL"}, {"\\apjs", "ApJS"},
    {"\\apjsupp", "ApJS"}, {"\\ao", "Appl. Opt."}, {"\\applopt", "Appl. Opt."}, {"\\apss", "Ap&SS"}, {"\\aap", "A&A"}, {"\\astap", "A&A"},
    {"\\aapr", "A&A Rev."}, {"\\aaps", "A&AS"}, {"\\azh", "AZh"}, {"\\baas", "BAAS"}, {"\\bac", "Bull. astr. Inst. Czechosl."},
    {"\\caa", "Chinese Astron. Astrophys."}, {"\\cjaa", "Chinese J. Astron. Astrophys."}, {"\\icarus", "Icarus"},
    {"\\jcap", "J. Cosmology Astropart. Phys."}, {"\\jrasc", "JRASC"}, {"\\mnras", "MNRAS"}, {"\\memras", "MmRAS"}, {"\\na", "New A"}, {"\\nar", "New A Rev."},
    {"\\pasa", "PASA"}, {"\\pra", "Phys. Rev. A"}, {"\\prb", "Phys. Rev. B"}, {"\\prc", "Phys. Rev. C"}, {"\\prd", "Phys. Rev. D"}, {"\\pre", "Phys. Rev. E"},
    {"\\prl", "Phys. Rev. Lett."}, {"\\pasp", "PASP"}, {"\\pasj", "PASJ"}, {"\\qjras", "QJRAS"}, {"\\rmxaa", "Rev. Mexicana Astron. Astrofis."},
    {"\\skytel", "S&T"}, {"\\solphys", "Sol. Phys."}, {"\\sovast", "Soviet Ast."}, {"\\ssr", "Space Sci. Rev."}, {"\\zap", "ZAp"}, {"\\nat", "Nature"},
    {"\\iaucirc", "IAU Circ."}, {"\\aplett", "Astrophys. Lett."}, {"\\apspr", "Astrophys. Space Phys. Res."},
    {"\\bain", "Bull. Astron. Inst. Netherlands"}, {"\\fcp", "Fund. Cosmic Phys."}, {"\\gca", "Geochim. Cosmochim. Acta"}, {"\\grl", "Geophys. Res. Lett."},
    {"\\jcp", "J. Chem. Phys."}, {"\\jgr", "J. Geophys. Res."}, {"\\jqsrt", "J. Quant. Spec. Radiat. Transf."}, {"\\memsai", "Mem. Soc. Astron. Italiana"},
    {"\\nphysa", "Nucl. Phys. A"}, {"\\physrep", "Phys. Rep."}, {"\\physscr", "Phys. Scr"}, {"\\planss", "Planet. Space Sci."}, {"\\procspie", "Proc. SPIE"},
};

}  // namespace bibmill::bibtex
