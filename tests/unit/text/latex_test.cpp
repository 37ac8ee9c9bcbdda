// LaTeX: what is read from it, what is written, and that the two agree for every row of the tables.
#include "bibmill/text/latex.h"

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <random>
#include <set>
#include <string>

#include "bibmill/text/rich_text.h"
#include "bibmill/text/unicode.h"
#include "rich_text_dump.h"

namespace bibmill::text {
namespace {

std::string decoded(std::string_view latex, const LatexDecoding& options = {}, LatexFindings* findings = nullptr) {
  Arena arena;
  const RichText rich = decode_latex(arena, latex, options, findings);
  EXPECT_TRUE(keeps_promises(rich)) << latex;
  return dump(rich);
}

std::string encoded(const RichText& rich, const LatexEncoding& options = {}, Fidelity expected = Fidelity::Exact) {
  std::string out;
  EXPECT_EQ(encode_latex(out, rich, options), expected) << dump(rich);
  return out;
}

std::string encoded(std::string_view plain, const LatexEncoding& options = {}) {
  std::string out;
  EXPECT_EQ(encode_latex(out, plain, options), Fidelity::Exact);
  return out;
}

LatexEncoding ascii() {
  LatexEncoding options;
  options.characters = LatexEncoding::Characters::Ascii;
  return options;
}

struct LatexRow {
  std::string_view latex;
  std::string_view expected;
};

template <std::size_t size>
void expect_decoded(const LatexRow (&rows)[size], const LatexDecoding& options = {}) {
  for (const LatexRow& row : rows) EXPECT_EQ(decoded(row.latex, options), row.expected) << row.latex;
}

// -------------------------------------------------------------------------------------------------------------- reading

TEST(DecodeLatex, ReadsAccents) {
  constexpr LatexRow kRows[] = {
      {R"(\'e)", "é"},
      {R"(\'{e})", "é"},
      {R"({\'e})", "é"},
      {R"({\'{e}})", "é"},
      {R"(\' e)", "é"},
      {R"(M\"uller)", "Müller"},
      {R"({\"O}sterreich)", "Österreich"},
      {R"({\'E}mile Zola)", "Émile Zola"},
      {R"(Mar{\'\i}a)", "María"},
      {R"(Mar\'{\i}a)", "María"},
      {R"(Mar\'ia)", "María"},
      {R"(\v{s}\v c)", "šč"},
      {R"(Ho\v{r}\'{a}k)", "Hořák"},
      {R"(\c{c}\c S)", "çŞ"},
      {R"(Erd\H{o}s)", "Erdős"},
      {R"(\k{a}\d{s}\b{k}\u{g}\r{a}\.z\=u)", "ąṣḵğåżū"},
      {R"(Nguy{\~{\^e}}n)", "Nguyễn"},
      {R"(Nguy\~{\^{e}}n)", "Nguyễn"},
      {R"(\'{\o})", "ǿ"},
      {R"(\"{ab}c)", "äbc"},
      {R"(\`{}x)", "`x"},
      {R"(\^{}\~{}\'{})", "^~´"},
      {R"(\d{})", "\u00A0\u0323"},
      {R"(\'{中})", "中\u0301"},
      {R"(\t{oo})", "o\u0361o"},
      {R"(\'\LaTeX)", "´LaTeX"},
  };
  expect_decoded(kRows);
}

TEST(DecodeLatex, ReadsLettersAndSymbols) {
  constexpr LatexRow kRows[] = {
      {R"({\AA}se Stra{\ss}e \O{}re \L\'od\'z)", "Åse Straße Øre Łódź"},
      {R"(\o re)", "øre"},
      {R"(\i \j)", "ıȷ"},
      {R"(50\% \& more \# \_ \$5 \{x\})", "50% & more # _ $5 {x}"},
      {R"(50% & # _ ^ <x> "q")", R"(50% & # _ ^ <x> "q")"},
      {R"(a~b)", "a\u00A0b"},
      {R"(1--2---3 - 4)", "1–2—3 - 4"},
      {R"(----)", "—-"},
      {R"(``so'' `far')", "“so” ‘far’"},
      {R"(`a', don't `b's)", "‘a’, don't ‘b's"},
      {R"(Hawai`i's, ` a')", "Hawai`i's, ` a'"},
      {R"(``a `b''' `)", "“a ‘b’” `"},
      {R"(\enquote{a} \enquote*{b})", "quote{a}| ‘b’"},
      {R"(?`que? !`si!)", "¿que? ¡si!"},
      {R"(\LaTeX\ and {\TeX} or \TeX{} it)", "LaTeX and |nocase{TeX}| or TeX it"},
      {R"(\ldots\dots)", "……"},
      {R"(30\,{\textdegree}C \copyright\ \S 5 \pounds7)", "30\u2009°C © §5 £7"},
      {R"(\textalpha{} \alpha\ and $\beta$)", "α α and β"},
      {R"(a\\b \newline c \\ d)", "a b c d"},
      {R"(co\-op\/era\relax tion)", "co\u00ADoperation"},
      {R"(ends in \)", "ends in \\"},
  };
  expect_decoded(kRows);
}

TEST(DecodeLatex, ReadsFonts) {
  constexpr LatexRow kRows[] = {
      {R"(On \emph{E. coli} and \textbf{more})", "On |italic{E. coli}| and |bold{more}"},
      {R"({\em E.~coli} growth)", "italic{E.\u00A0coli}| growth"},
      {R"({\it a\bf b}c)", "italic{a}|italic+bold{b}|c"},
      {R"({\bf a \rm b})", "bold{a }|b"},
      {R"(\textsc{Ibm} {\sc Nasa})", "sc{Ibm}| |sc{Nasa}"},
      {R"(H\textsubscript{2}O x\textsuperscript{nd})", "H|sub{2}|O x|sup{nd}"},
      {R"(\emph{a \emph{b} c})", "italic{a }|b|italic{ c}"},
      {R"(\textit{a \textit{b} c})", "italic{a b c}"},
      {R"(\mkbibemph{a}\mkbibquote{b}\enquote{c \textit{d}})", "italic{a}|quote{bc }|italic+quote{d}"},
      {R"(\textquote{a} 1\up{er} \mkbibacro{NASA} \autocap{a}b)", "quote{a}| 1|sup{er}| NASA ab"},
      {R"(\og a\fg{} 3 k\ohm \nobreakdash-b)", "«\u00A0a\u00A0» 3 kΩ-b"},
      {R"(\underline{u})", "underline{u}"},
      {R"(\textrm{a}\mbox{b}\textup{c})", "abc"},
      {R"(\textit {a})", "italic{a}"},
      {R"({\bfseries\itshape x} y)", "italic+bold{x}| y"},
  };
  expect_decoded(kRows);
  LatexFindings findings;
  EXPECT_EQ(decoded(R"(The \texttt{R} way)", {}, &findings), "The R way");
  EXPECT_EQ(findings.left_out, "\\texttt");
  decoded(R"(The \textit{R} way)", {}, &findings);
  EXPECT_EQ(findings.left_out, "");
  for (const char* const command : {"\\foreignlanguage{german}{x}", "\\textcolor{red}{x}", "{\\noopsort{a}}x", "\\selectlanguage{german}x", "{\\small x}", "{\\tt x}", "$\\mathsf{x}$"}) {
    Arena arena;
    EXPECT_EQ(decode_latex_plain(arena, command, {}, &findings), "x");
    EXPECT_TRUE(!findings.left_out.empty() && std::string_view(command).find(findings.left_out) != std::string_view::npos) << command;
  }
  decoded(R"(\unknown{\texttt{x}})", {}, &findings);  // stays as it stands
  EXPECT_EQ(findings.left_out, "");
}

TEST(DecodeLatex, ReadsFormulasThatAreText) {
  constexpr LatexRow kRows[] = {
      {R"(H$_2$O)", "H|sub{2}|O"},
      {R"(H$_{2}$SO$_{4}$)", "H|sub{2}|SO|sub{4}"},
      {R"(Ca$^{2+}$ and K$^+$)", "Ca|sup{2+}| and K|sup{+}"},
      {R"($^{14}$C, ${}^{13}$C)", "sup{14}|C, |sup{13}|C"},
      {R"($\alpha$-helix, TNF-$\alpha$)", "α-helix, TNF-α"},
      {R"($\alpha_1$)", "α|sub{1}"},
      {R"($n$-gram)", "italic{n}|-gram"},
      {R"($p < 0.05$)", "italic{p}| < 0.05"},
      {R"($p<0.05$)", "italic{p}|<0.05"},
      {R"($\alpha + \beta$)", "α + β"},
      {R"($x y z$)", "italic{xyz}"},
      {R"($10^{-3}$)", "10|sup{−3}"},
      {R"(37$^\circ$C, 20$^{\circ}$)", "37°C, 20°"},
      {R"($\mathrm{NO}_x$)", "NO|italic+sub{x}"},
      {R"($k_{\mathrm{max}}$)", "italic{k}|sub{max}"},
      {R"($\mathbf{x}$ and $\text{if } x$)", "bold{x}| and if |italic{x}"},
      {R"($\mathbb{R}^n$, $\mathcal{L}$)", "ℝ|italic+sup{n}|, ℒ"},
      {R"($\hat{x}$ $\bar p$ $\vec{v}$)", "italic{x\u0302}| |italic{p\u0304}| |italic{v\u20D7}"},
      {R"($\not= \not\in$)", "≠ ∉"},
      {R"($f''$)", "italic{f}|″"},
      {R"($\log n$, $O(n \log n)$)", "log |italic{n}|, |italic{O}|(|italic{n}| log |italic{n}|)"},
      {R"($\left( a \right)$)", "(|italic{a}|)"},
      {R"(\(\gamma\) and \[\delta\] and \ensuremath{\beta})", "γ and δ and β"},
      {R"($$\pi$$)", "π"},
      {R"($\le\ge\times\pm$)", "≤≥×±"},
      {R"($2 \times 3$, $2\times 3$, $p \leq 0.05$, $\leq 5$)", "2 × 3, 2×3, |italic{p}| ≤ 0.05, ≤5"},
  };
  expect_decoded(kRows);
}

TEST(DecodeLatex, LeavesOutWhatIsNotToBeRead) {
  constexpr LatexRow kRows[] = {
      {R"(\noopsort{1973a}1973)", "1973"},
      {R"({\noopsort{Bar}Foo})", "Foo"},
      {R"({\SortNoop{Gogh}}{van} Gogh)", "nocase{van}| Gogh"},
      {R"(a {\small b} \LARGE c)", "a b c"},
      {R"(Die \foreignlanguage{french}{\'Etude} ist {\foreignlanguage{french}{N}})", "Die Étude ist |nocase{N}"},
      {R"(\selectlanguage{german}Die \textcolor{red}{rote} \fbox{Kiste})", "Die rote Kiste"},
  };
  expect_decoded(kRows);
}

TEST(DecodeLatex, KeepsWhatIsNoText) {
  constexpr LatexRow kRows[] = {
      {R"(a $\frac{1}{2}$ b)", R"(a |math:latex{$\frac{1}{2}$}| b)"},
      {R"($x_{a_b}$)", R"(math:latex{$x_{a_b}$})"},
      {R"($\overline{AB}$)", R"(math:latex{$\overline{AB}$})"},
      {R"(\(\sqrt 2\))", R"(math:latex{\(\sqrt 2\)})"},
      {R"(\ensuremath{\foo})", R"(math:latex{\ensuremath{\foo}})"},
      {R"($ $)", R"(math:latex{$ $})"},
      {R"(cost: 5$)", "cost: 5$"},
      {R"($5 {and $6})", "$5 |nocase{and $6}"},
      {R"(\foo bar)", R"(source:latex{\foo }|bar)"},
      {R"(\foo{a b}[c]{d} e)", R"(source:latex{\foo{a b}[c]{d}}| e)"},
      {R"(\foreignlanguage{german} x)", R"(source:latex{\foreignlanguage{german}}| x)"},
      {R"(\textit{\foo{x}})", R"(italic+source:latex{\foo{x}})"},
      {R"(\textit x)", R"(source:latex{\textit }|x)"},
      {R"(\foo*{x})", R"(source:latex{\foo*{x}})"},
      {R"(\begin{x}y\end{x})", R"(source:latex{\begin{x}}|y|source:latex{\end{x}})"},
      {R"(\( never closed)", R"(source:latex{\(}| never closed)"},
      {R"(\foo[ never closed)", R"(source:latex{\foo}|[ never closed)"},
  };
  expect_decoded(kRows);
  LatexFindings findings;
  decoded(R"(ab \foo{x} \baz)", {}, &findings);
  EXPECT_TRUE(findings.unknown);
  EXPECT_EQ(findings.first_unknown, 3u);
  decoded(R"(ab \alpha)", {}, &findings);
  EXPECT_FALSE(findings.unknown);
}

TEST(DecodeLatex, ReadsBracesAsProtection) {
  constexpr LatexRow kRows[] = {
      {R"(On {NASA} and {B}ayes)", "On |nocase{NASA}| and |nocase{B}|ayes"},
      {R"({The {NASA} story})", "The |nocase{NASA}| story"},
      {R"({{The NASA story}})", "nocase{The NASA story}"},
      {R"({NASA} and {ESA})", "nocase{NASA}| and |nocase{ESA}"},
      {R"(a {"}quoted{"} b {2}{,})", R"(a "quoted" b 2,)"},
      {R"({\'E}cole {\ss} {\em x})", "École ß |italic{x}"},
      {R"({\emph{NASA}} \emph{NASA})", "italic+nocase{NASA}| |italic{NASA}"},
      {R"({N{\'E}V} {a {b} c})", "nocase{NÉV}| |nocase{a b c}"},
      {R"({$\frac{1}{2}$} {\foo x})", R"(nocase+math:latex{$\frac{1}{2}$}| |nocase+source:latex{\foo }|nocase{x})"},
      {R"({H$_2$O} x)", "nocase{H}|sub+nocase{2}|nocase{O}| x"},
      {R"({\textmu}m {\texttrademark})", "µm ™"},
  };
  expect_decoded(kRows);
  LatexDecoding plain;
  plain.braces_protect = false;
  EXPECT_EQ(decoded("On {NASA}", plain), "On NASA");
  LatexFindings findings;
  decoded(" {All of it} ", {}, &findings);
  EXPECT_TRUE(findings.whole_group);
  decoded("{All} of {it}", {}, &findings);
  EXPECT_FALSE(findings.whole_group);
}

TEST(DecodeLatex, TakesStrayBracesAsText) {
  LatexFindings findings;
  EXPECT_EQ(decoded("a } b { c", {}, &findings), "a } b { c");
  EXPECT_TRUE(findings.unbalanced);
  EXPECT_EQ(findings.first_unbalanced, 2u);
  EXPECT_EQ(decoded(R"(\textbf{a)"), R"(source:latex{\textbf}|{a)");
  EXPECT_EQ(decoded(R"(\'{e)"), "´{e");
}

TEST(DecodeLatex, ReadsAddresses) {
  constexpr LatexRow kRows[] = {
      {R"(\url{http://a.b/c_d~e%20f})", "http://a.b/c_d~e%20f"},
      {R"(\url{http://a.b/c\_d\%20})", "http://a.b/c_d%20"},
      {R"(see \href{http://a.b}{the \emph{page}}.)", "see the |italic{page}| <http://a.b>."},
      {R"(\href{http://a.b}{http://a.b})", "http://a.b"},
      {R"(\href{http://a.b}{})", "<http://a.b>"},
      {R"(\href{http://a.b})", R"(source:latex{\href{http://a.b}})"},
  };
  expect_decoded(kRows);
}

TEST(DecodeLatex, CollapsesOrKeepsWhiteSpace) {
  EXPECT_EQ(decoded(" a \n\t b  {C  d}\\foo{x\n y}"), " a b |nocase{C d}|source:latex{\\foo{x y}}");
  EXPECT_EQ(decoded("a\nb"), "a b");
  LatexDecoding keep;
  keep.white_space = WhiteSpace::Keep;
  EXPECT_EQ(decoded("One.\n\nTwo  \\'e.", keep), "One.\n\nTwo  é.");
}

TEST(DecodeLatex, SharesTextWithoutLatex) {
  Arena arena;
  const Str owned = arena.copy("Nothing to do - here's 'plain' text, 100 %");
  LatexDecoding options;
  options.owned = true;
  EXPECT_EQ(decode_latex(arena, owned, options).text().data(), owned.data());
  EXPECT_NE(decode_latex(arena, owned).text().data(), owned.data());
  EXPECT_EQ(decode_latex(arena, owned).text(), owned);
  EXPECT_FALSE(has_latex(owned));
  for (const std::string_view text : {"a\\b", "a{b", "a}b", "$", "a~b", "a--b", "''", "``", "`a'", "?`", "a  b", "a\nb"})
    EXPECT_TRUE(has_latex(text)) << text;
}

/// What has_latex says, one byte after the other.
bool has_latex_slowly(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const char next = at + 1 < text.size() ? text[at + 1] : 'x';
    if (std::string_view("\\{}$~`\t\n\v\f\r").find(c) != std::string_view::npos) return true;
    if ((c == '-' || c == '\'') && next == c) return true;
    if (c == ' ' && is_blank(next)) return true;
  }
  return false;
}

TEST(DecodeLatex, SeesLatexAtEveryPlaceOfTextsOfEverySize) {
  for (std::size_t size = 0; size < 50; ++size)
    for (std::size_t at = 0; at < size; ++at)
      for (const std::string_view sign : {"\\", "{", "}", "$", "~", "`", "\t", "\n", "-", "--", "'", "''", " ", "  ", " \t", "- -"}) {
        std::string text(size, 'x');
        text.replace(at, sign.size(), sign);
        ASSERT_EQ(has_latex(text), has_latex_slowly(text)) << '"' << text << '"';
      }
}

TEST(DecodeLatex, GivesPlainText) {
  Arena arena;
  EXPECT_EQ(decode_latex_plain(arena, R"({ACME {\&} Co.})"), "ACME & Co.");
  EXPECT_EQ(decode_latex_plain(arena, R"(\emph{H}$_2$O \foo{x})"), R"(H2O \foo{x})");
}

TEST(DecodeLatex, StaysLinear) {
  // Each would take hours if anything were searched again and again.
  const std::size_t count = 200'000;
  for (const std::string_view unit :
       {"{",   "}",    "{}",      "$",   "$ {",  "${",         "\\(",    "\\[",           "\\foo[",         "\\foo{",
        "\\'", "\\'{", "\\emph{", "{$}", "$$ ",  "\\href{a}{", "\\url{", "\\ensuremath{", "$\\ensuremath{", "^{",
        "$^{", "--",   "\\",      "~",   " {a}", "$\\hat",     "\\(\\)", "\\verb|{|", "`a ", " `a' b's"}) {
    std::string text;
    for (std::size_t at = 0; at < count; ++at) text += unit;
    const auto start = std::chrono::steady_clock::now();
    Arena arena;
    const RichText open = decode_latex(arena, text);
    std::string closed = text + std::string(count, '}');
    const RichText rich = decode_latex(arena, closed);
    EXPECT_TRUE(keeps_promises(open) && keeps_promises(rich));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10)) << unit;
  }
}

TEST(DecodeLatex, KeepsDeepGroupsVerbatim) {
  const std::string text = std::string(100, '{') + "x" + std::string(100, '}');
  Arena arena;
  const RichText rich = decode_latex(arena, text);
  ASSERT_EQ(rich.runs.size(), 1u);
  EXPECT_TRUE(rich.runs[0].marks.has(Mark::Verbatim));
  EXPECT_EQ(rich.runs[0].text, std::string(37, '{') + "x" + std::string(37, '}'));
}

// -------------------------------------------------------------------------------------------------------------- writing

TEST(EncodeLatex, EscapesWhatTexWouldMisread) {
  struct Pair {
    std::string_view text, latex;
  };
  const Pair rows[] = {
      {"50% & # _ $", R"(50\% \& \# \_ \$)"},
      {"a\\b~c^d", R"(a{\textbackslash}b{\textasciitilde}c{\textasciicircum}d)"},
      {"a\u00A0b", "a~b"},
      {"{x}", R"(\{x\})"},
      {"a } b {", R"(a {\textbraceright} b {\textbraceleft})"},
      {"a--b---c", "a-{}-b-{}-{}-c"},
      {"``a'' <<b>>", R"({\textasciigrave}{\textasciigrave}a'{}' <{}<b>{}>)"},
      {"?` !`", R"(?{\textasciigrave} !{\textasciigrave})"},
      {"é – “ü” 中", "é – “ü” 中"},
      {"Alzheimer's, 1-2", "Alzheimer's, 1-2"},
      {"", ""},
  };
  for (const Pair& row : rows) {
    EXPECT_EQ(encoded(row.text), row.latex);
    EXPECT_EQ(decoded(row.latex), row.text);
  }
}

TEST(EncodeLatex, SpellsInAscii) {
  struct Pair {
    std::string_view text, latex;
  };
  const Pair rows[] = {
      {"café Müller", R"(caf{\'e} M{\"u}ller)"},
      {"Nguyễn", R"(Nguy{\~{\^e}}n)"},
      {"María ïĵ", R"(Mar{\'\i}a {\"\i}{\^\j})"},
      {"Łódź ǿ Åse ß", R"({\L}{\'o}d{\'z} {\'\o} {\r{A}}se {\ss})"},
      {"čşőą", R"({\v{c}}{\c{s}}{\H{o}}{\k{a}})"},
      {"1–2—3 “a” ‘b’ …", R"(1--2---3 ``a'' {\textquoteleft}b{\textquoteright} {\ldots})"},
      {"–-", "--{}-"},
      {"αβ ≤ γ", R"($\alpha\beta$ $\leq$ $\gamma$)"},
      {"5 µm ± 3 °C", R"(5 {\textmu}m $\pm$ 3 {\textdegree}C)"},
      {"中 \u212B", "中 \u212B"},
      {"ℝ −1", R"($\mathbb{R}$ $-$1)"},
  };
  for (const Pair& row : rows) {
    EXPECT_EQ(encoded(row.text, ascii()), row.latex);
    EXPECT_EQ(decoded(row.latex), row.text);
  }
}

TEST(EncodeLatex, NestsMarks) {
  Arena arena;
  RichTextBuilder builder;
  const auto written = [&](const LatexEncoding& options = {}) { return encoded(builder.finish(arena), options); };
  builder.append("On ");
  builder.append("E. coli ", Mark::Italic);
  builder.append("K-12", Marks(Mark::Italic).with(Mark::Bold));
  EXPECT_EQ(written(), R"(On \textit{E. coli \textbf{K-12}})");
  builder.append("H");
  builder.append("2", Mark::Subscript);
  builder.append("O");
  EXPECT_EQ(written(), R"(H\textsubscript{2}O)");
  builder.append("NASA", Mark::NoCase);
  EXPECT_EQ(written(), "{{NASA}}") << "one pair is the value's own";
  builder.append("On ");
  builder.append("NASA", Mark::NoCase);
  builder.append("X", Marks(Mark::NoCase).with(Mark::SmallCaps));
  EXPECT_EQ(written(), R"(On {NASA\textsc{X}})");
  builder.append("said", Mark::Quote);
  builder.append("u", Mark::Underline);
  EXPECT_EQ(written(), R"(\enquote{said}\underline{u})");
}

TEST(EncodeLatex, WritesScriptsAsFormulas) {
  Arena arena;
  LatexEncoding zotero;
  zotero.scripts = LatexEncoding::Scripts::Math;
  RichTextBuilder builder;
  builder.append("H");
  builder.append("2", Mark::Subscript);
  builder.append("+", Mark::Superscript);
  builder.append("x");
  builder.append("max", Mark::Subscript);
  builder.append("-", Mark::Superscript);
  const RichText rich = builder.finish(arena);
  const std::string latex = encoded(rich, zotero);
  EXPECT_EQ(latex, R"(H$_{2}$$^{+}$x$_{\mathrm{max}}$\textsuperscript{-})");
  EXPECT_EQ(decoded(latex), dump(rich));
}

TEST(EncodeLatex, ProtectsCapitals) {
  LatexEncoding title;
  title.protect_capitals = true;
  struct Pair {
    std::string_view text, latex;
    bool protected_words;
  };
  const Pair rows[] = {
      {"The role of NASA and McDonald's", "The role of {NASA} and {McDonald's}", true},
      {"Evolving management of HER2+ cancer", "Evolving management of {HER2}+ cancer", true},
      {"DNA repair", "{DNA} repair", true},
      {"mRNA in Émile's lab", "{mRNA} in {Émile's} lab", true},
      {"[Translated title]", "[Translated title]", false},
      {"3D printing", "{3D} printing", true},
      {"Nothing here", "Nothing here", false},
      {"A & B", R"(A \& {B})", true},
      {"COVID-19", "{COVID}-19", true},
  };
  for (const Pair& row : rows) {
    Arena arena;
    std::string out;
    LatexLooks looks;
    EXPECT_EQ(encode_latex(out, RichText::of(arena, row.text), title, &looks), Fidelity::Exact);
    EXPECT_EQ(out, row.latex);
    EXPECT_EQ(looks.protected_words, row.protected_words) << row.text;
    // What was protected once is not protected twice.
    std::string again;
    encode_latex(again, decode_latex(arena, out), title);
    EXPECT_EQ(again, out);
  }
  title.characters = LatexEncoding::Characters::Ascii;
  EXPECT_EQ(encoded("Über Österreich", title), R"({\"U}ber {{\"O}sterreich})");
}

TEST(EncodeLatex, WritesSourceAsItIs) {
  // Decoded and encoded again, each is itself.
  for (const std::string_view latex : {R"(a $\frac{1}{2}$ b)", R"(\foo bar)", R"(\foo{x}[y]{z}w)", R"(\textit{\foo{x}} {\foo y})",
                                       R"(\foo {NASA} is)", R"(\foo~x)", R"(${\frac12}$-{\foosort{a}B})"}) {
    Arena arena;
    EXPECT_EQ(encoded(decode_latex(arena, latex)), latex);
  }
}

TEST(EncodeLatex, KeepsSourceApartFromWhatFollows) {
  Arena arena;
  for (const std::string_view source : {"\\foo", "\\foo{x}"})
    for (const Marks marks : {Marks{}, Marks(Mark::NoCase), Marks(Mark::Italic)})
      for (const std::string_view text : {"bar", " bar", "[b]", "é", "*", "1"}) {
        RichTextBuilder builder;
        builder.append("a");
        builder.append(source, Mark::Verbatim, kLatex);
        builder.append(text, marks);
        const RichText rich = builder.finish(arena);
        if (marks.has(Mark::NoCase) && text != "bar" && text != " bar" && text != "é" && text != "[b]")
          continue;  // no letter to protect
        EXPECT_EQ(dump(decode_latex(arena, encoded(rich, ascii()))), dump(rich));
      }
}

TEST(EncodeLatex, SaysWhatItNarrows) {
  Arena arena;
  RichTextBuilder builder;
  LatexEncoding options;
  builder.append("a <math/>");
  builder.append("<math/>", Mark::Math, kMathMl);
  EXPECT_EQ(encoded(builder.finish(arena), options, Fidelity::Narrowed), "a <math/><math/>");
  builder.append("12", Mark::NoCase);
  builder.append("x");
  EXPECT_EQ(encoded(builder.finish(arena), options, Fidelity::Narrowed), "{12}x");
  builder.append("\\foo{", Mark::Verbatim, kLatex);
  EXPECT_EQ(encoded(builder.finish(arena), options, Fidelity::Narrowed), "{\\textbackslash}foo{\\textbraceleft}");
  options.enquote = false;
  builder.append("a ");
  builder.append("b", Mark::Quote);
  builder.append("c", Marks(Mark::Quote).with(Mark::Bold));
  EXPECT_EQ(encoded(builder.finish(arena), options, Fidelity::Narrowed), "a “b\\textbf{c”}");
  options.braces_protect = false;
  builder.append("A", Mark::NoCase);
  EXPECT_EQ(encoded(builder.finish(arena), options, Fidelity::Narrowed), "A");
}

// --------------------------------------------------------------------------------------------------------------- tables

TEST(LatexTables, HoldWhatTheyPromise) {
  const LatexTables tables = latex_tables();
  EXPECT_GE(tables.symbol_count, 1500u);
  std::map<char32_t, std::string_view> written;
  for (std::size_t at = 0; at < tables.symbol_count; ++at) {
    const LatexSymbol& row = tables.symbols[at];
    const std::string characters = to_utf8(row.characters);
    EXPECT_EQ(nfc(characters), characters) << row.command;
    if (row.way == LatexWay::Both) {
      EXPECT_TRUE(written.emplace(row.characters.front(), row.command).second)
          << row.command << " and " << written[row.characters.front()];
    }
  }
  std::set<char32_t> marks;
  for (std::size_t at = 0; at < tables.accent_count; ++at) {
    const LatexAccent& row = tables.accents[at];
    EXPECT_TRUE(is_combining(row.mark)) << row.command;
    if (row.way == LatexWay::Both) {
      EXPECT_TRUE(marks.insert(row.mark).second) << row.command;
    }
  }
}

TEST(LatexTables, AreReadRowByRow) {
  const LatexTables tables = latex_tables();
  for (std::size_t at = 0; at < tables.symbol_count; ++at) {
    const LatexSymbol& row = tables.symbols[at];
    if (row.characters.empty()) continue;
    const std::string latex =
        row.mode == LatexMode::Math ? "x$" + std::string(row.command) + "$x" : "x" + std::string(row.command) + "{}x";
    Arena arena;
    EXPECT_EQ(plain_text(decode_latex(arena, latex)), "x" + to_utf8(row.characters) + "x") << latex;
  }
}

TEST(LatexTables, GiveEveryCharacterBack) {
  const LatexTables tables = latex_tables();
  std::set<char32_t> characters;
  for (std::size_t at = 0; at < tables.symbol_count; ++at)
    for (const char32_t c : tables.symbols[at].characters) characters.insert(c);
  // Every letter that a letter of the table and the accents make, and all else up to the end of Greek Extended.
  for (char32_t c = 0x20; c < 0x2000; ++c)
    if (c < 0x7F || c > 0x9F) characters.insert(c);
  LatexEncoding title = ascii();
  title.protect_capitals = true;
  LatexDecoding keep;
  keep.white_space = WhiteSpace::Keep;
  Arena arena;
  for (const char32_t c : characters) {
    const std::string text = "a" + to_utf8({&c, 1}) + "b";
    for (const LatexEncoding& options : {LatexEncoding{}, ascii()}) {
      const std::string latex = encoded(text, options);
      EXPECT_EQ(dump(decode_latex(arena, latex, keep)), text) << latex;
    }
    EXPECT_EQ(decode_latex_plain(arena, encoded(text, title), keep), text);
  }
}

TEST(LatexTables, AreWrittenInAsciiAlone) {
  const LatexTables tables = latex_tables();
  for (std::size_t at = 0; at < tables.symbol_count; ++at)
    if (tables.symbols[at].way == LatexWay::Both) {
      EXPECT_TRUE(is_ascii(encoded(to_utf8(tables.symbols[at].characters), ascii()))) << tables.symbols[at].command;
    }
}

// What is written is read back, whatever stands beside whatever, in whatever marks.
TEST(Latex, GivesRandomTextBack) {
  constexpr std::string_view kPieces[] = {"a",  "B", " ", "-", "'",  "`",    "?",      "!", "<", ",", "{", "}",
                                          "\\", "$", "~", "^", "_",  "%",    "é",      "ß", "α", "−", "–", "—",
                                          "“",  "”", "′", "ễ", "中", "Nasa", "\u00A0", "[", "]", "*", "1", "i\u0307"};
  constexpr Mark kMarks[] = {Mark::Italic,    Mark::Bold,   Mark::Subscript, Mark::Superscript,
                             Mark::SmallCaps, Mark::NoCase, Mark::Underline, Mark::Quote};
  std::mt19937 random(7);
  LatexDecoding keep;
  keep.white_space = WhiteSpace::Keep;
  std::size_t exact = 0;
  for (int round = 0; round < 20'000; ++round) {
    Arena arena;
    RichTextBuilder builder;
    for (std::size_t run = random() % 5; run-- > 0;) {
      Marks marks;
      for (std::size_t count = random() % 3; count-- > 0;) marks = marks.with(kMarks[random() % std::size(kMarks)]);
      if (random() % 8 == 0) {
        constexpr std::string_view kSources[] = {"\\foo", "\\foo{x}", "\\foo ", "\\foo[a]"};
        builder.append(kSources[random() % 4], marks.with(Mark::Verbatim), kLatex);
        continue;
      }
      for (std::size_t count = 1 + random() % 4; count-- > 0;) builder.append(kPieces[random() % std::size(kPieces)], marks);
    }
    const RichText rich = builder.finish(arena);
    LatexEncoding options;
    if (random() % 2 == 0) options.characters = LatexEncoding::Characters::Ascii;
    if (random() % 2 == 0) options.scripts = LatexEncoding::Scripts::Math;
    std::string latex;
    LatexLooks looks;
    const Fidelity fidelity = encode_latex(latex, rich, options, &looks);
    int depth = 0;
    for (const char c : latex) {
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      ASSERT_GE(depth, 0) << latex;
    }
    ASSERT_EQ(depth, 0) << latex;
    if (looks.evident) {
      ASSERT_EQ(fidelity, Fidelity::Exact) << latex;
    }
    if (fidelity != Fidelity::Exact) continue;
    ++exact;
    ASSERT_EQ(dump(decode_latex(arena, latex, keep)), dump(rich)) << latex;
  }
  EXPECT_GT(exact, 15'000u);
}

/// The writer of BibTeX does not decode what is evident to see whether it reads back: so it must, whatever stands beside whatever.
TEST(Latex, WhatIsEvidentReadsBack) {
  std::vector<std::string> pieces = {"a", "Z", " ", "-", "'", "\"", ",", "<", "?", "`", "~", "%", "$", "_", "{", "}", "i", "e", "é", "ễ", "Å", "\u212B", "e\u0301", "\u0301", "\u0338", "\u00A0", "中", "ﬁ", "\u00AD"};
  for (std::size_t row = 0; row < latex_tables().symbol_count; ++row) pieces.push_back(to_utf8(latex_tables().symbols[row].characters));
  std::mt19937 random(11);
  LatexDecoding keep;
  keep.white_space = WhiteSpace::Keep;
  std::size_t evident = 0;
  for (int round = 0; round < 200'000; ++round) {
    std::string text;
    for (std::size_t count = 1 + random() % 5; count-- > 0;) text += pieces[random() % (round % 2 == 0 ? 40 : pieces.size())];
    for (const auto characters : {LatexEncoding::Characters::Ascii, LatexEncoding::Characters::Unicode}) {
      Arena arena;
      LatexEncoding options;
      options.characters = characters;
      std::string latex;
      LatexLooks looks;
      encode_latex(latex, text, options, &looks);
      if (!looks.evident) continue;
      ++evident;
      for (const bool braces_protect : {false, true}) {
        keep.braces_protect = braces_protect;
        ASSERT_EQ(dump(decode_latex(arena, latex, keep)), dump(RichText::of(arena, text))) << latex;
      }
    }
  }
  EXPECT_GT(evident, 100'000u);
}

}  // namespace
}  // namespace bibmill::text
