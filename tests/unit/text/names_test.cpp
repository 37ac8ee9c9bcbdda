// Names: each notation read into parts and written back. Expected names are one line:
// "non-dropping/dropping/family|given|suffix", bodies as "=body".
#include "bibmill/text/names.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace bibmill::text {
namespace {

std::string dump_names(const Name& name) {
  if (name.is_body()) return "=" + std::string(name.literal);
  std::string out;
  if (!name.non_dropping_particle.empty()) out.append(name.non_dropping_particle) += "//";
  if (!name.dropping_particle.empty()) out.append(name.dropping_particle) += "/";
  out.append(name.family).append("|").append(name.given);
  if (!name.suffix.empty()) out.append("|").append(name.suffix);
  return out;
}

std::string dump_names(const Names& names) {
  std::string out;
  for (const Name& name : names.list) {
    if (!out.empty()) out += "; ";
    out += dump_names(name);
  }
  if (!names.complete) out += out.empty() ? "…" : "; …";
  return out;
}

/// Stands for the LaTeX decoder: what these tests need of it, braces dropped.
Str decode(Arena& arena, std::string_view latex) {
  constexpr struct {
    std::string_view latex;
    std::string_view text;
  } kSpecial[] = {{"{\\'E}", "É"},  {"{\\'\\i}", "í"}, {"{\\'e}", "é"}, {"{\\o}", "ø"}, {"{\\O}", "Ø"},
                  {"{\\\"u}", "ü"}, {"{\\&}", "&"},    {"\\&", "&"},    {"\\~n", "ñ"},  {"~", "\xC2\xA0"}};
  std::string text;
  while (!latex.empty()) {
    std::size_t size = 0;
    for (const auto& special : kSpecial) {
      if (!latex.starts_with(special.latex)) continue;
      text += special.text;
      size = special.latex.size();
      break;
    }
    if (size == 0) {
      if (latex.front() != '{' && latex.front() != '}') text += latex.front();
      size = 1;
    }
    latex.remove_prefix(size);
  }
  return arena.copy(text);
}

/// Its opposite; nothing but Ø, ~ and & is special.
void encode(std::string& out, std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at).starts_with("Ø")) {
      out += "{\\O}";
      ++at;
    } else if (text.substr(at).starts_with("\xC2\xA0")) {
      out += "~";
      ++at;
    } else if (text[at] == '&') {
      out += "\\&";
    } else {
      out += text[at];
    }
  }
}

struct NameRow {
  const char* text;
  const char* expected;
};

TEST(BibtexName, FollowsTheRulesOfBibtex) {
  constexpr NameRow kRows[] = {
      // First von Last
      {"Claude E. Shannon", "Shannon|Claude E."},
      {"Shannon", "Shannon|"},
      {"Ludwig van Beethoven", "van/Beethoven|Ludwig"},
      {"jean de la fontaine", "jean de la/fontaine|"},
      {"Jean de la fontaine", "de la/fontaine|Jean"},
      {"Jean de La Fontaine du Bois Joli", "de La Fontaine du/Bois Joli|Jean"},
      {"Charles Louis Xavier Joseph de la Vallee Poussin", "de la/Vallee Poussin|Charles Louis Xavier Joseph"},
      {"van Beethoven", "van/Beethoven|"},
      {"Maria Garcia y", "y|Maria Garcia"},
      {"Maria Garcia", "Garcia|Maria"},
      {"{\\'E}mile Zola", "Zola|Émile"},
      {"\\'Emile Zola", "Zola|\\'Emile"},
      {"Jean {\\'e}tienne Marey", "étienne/Marey|Jean"},
      {"Hans {\\o}rsted Foo", "ørsted/Foo|Hans"},
      {"Hans {\\O}rsted Foo", "Foo|Hans Ørsted"},
      {"Hans {von} Foo", "Foo|Hans von"},
      {"Hans {\\relax von} Foo", "\\relax von/Foo|Hans"},
      {"Jean Élie Foo", "Foo|Jean Élie"},
      {"Jean élie Foo", "élie/Foo|Jean"},
      {"Ali al-Hassan", "al-Hassan|Ali"},
      {"Jean-Paul Sartre", "Sartre|Jean-Paul"},
      {"Donald~E. Knuth", "Knuth|Donald E."},
      {"Ann Roe 0001", "Roe|Ann"},  // DBLP's number of a homonym, an attribute
      {"Agent 0007", "0007|Agent"},
      {"Donald   E.\n Knuth", "Knuth|Donald E."},
      {"Jos\\'e Mu\\~noz", "Muñoz|Jos\\'e"},
      {"Mar{\\'\\i}a {de la} Cruz", "Cruz|María de la"},
      // von Last, First
      {"Shannon, Claude E.", "Shannon|Claude E."},
      {"Shannon,Claude", "Shannon|Claude"},
      {"van der Berg, Jan", "van der/Berg|Jan"},
      {"de la fontaine, jean", "de la/fontaine|jean"},
      {"Drummond de Andrade, Carlos", "Drummond de Andrade|Carlos"},
      {"boyd, danah", "boyd|danah"},
      {"Garcia Marquez, Gabriel", "Garcia Marquez|Gabriel"},
      {"{Barnes and Noble}, Inc.", "Barnes and Noble|Inc."},
      {"Plato,", "Plato|"},
      {", Madonna", "|Madonna"},
      // von Last, Jr, First
      {"de la Fuente, Jr, Mar{\\'\\i}a", "de la/Fuente|María|Jr"},
      {"King, Jr., Martin Luther", "King|Martin Luther|Jr."},
      {"King, Jr., {}", "King||Jr."},
      // bodies
      {"{ACME {\\&} Co.}", "=ACME & Co."},
      {"{World Health Organization}", "=World Health Organization"},
      {"{A} {B}", "B|A"},
      // the extended form
      {"family=Duc, given=Anh, prefix=van, useprefix=true", "van//Duc|Anh"},
      {"given=Anh,family=Duc,prefix=van", "van/Duc|Anh"},
      {"family = {Duc, Ho}, given = \"Anh B\", suffix=Jr", "Duc, Ho|Anh B|Jr"},
  };
  for (const NameRow& row : kRows) {
    Arena arena;
    std::string text = row.text;
    const Name name = parse_bibtex_name(arena, text, decode);
    text.assign(text.size(), '#');
    EXPECT_EQ(dump_names(name), row.expected) << row.text;
  }
}

TEST(BibtexName, TakesTheKindOfParticlesFromTheEntry) {
  Arena arena;
  const BibtexNameOptions use_prefix{true, true, 0, nullptr};
  EXPECT_EQ(dump_names(parse_bibtex_name(arena, "de Gaulle, Charles", decode, use_prefix)), "de//Gaulle|Charles");
  EXPECT_EQ(dump_names(parse_bibtex_name(arena, "family=Duc, prefix=van, useprefix=false", decode, use_prefix)), "van/Duc|");
  EXPECT_EQ(dump_names(parse_bibtex_name(arena, "family=Duc, prefix=van", decode, use_prefix)), "van//Duc|");
}

TEST(BibtexName, KeepsTheOtherPartsOfTheExtendedForm) {
  Arena arena;
  std::vector<NameProblem> problems;
  const BibtexNameOptions options{true, false, 0, &problems};
  const Name name = parse_bibtex_name(arena, "family=Duc, given=Anh, given-i=A, id=duc, shoe=42, odd", decode, options);
  ASSERT_EQ(name.attributes.size(), 4U);
  EXPECT_EQ(name.attributes[0].name, "given-i");
  EXPECT_EQ(name.attributes[0].value, "A");
  EXPECT_EQ(name.attributes[1].name, "id");
  EXPECT_EQ(name.attributes[2].name, "shoe");
  EXPECT_EQ(name.attributes[3].name, "");
  EXPECT_EQ(name.attributes[3].value, "odd");
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0].kind, NameProblem::Kind::UnknownPart);
  EXPECT_EQ(problems[0].where, "shoe=42");
}

TEST(BibtexNames, AreDividedByAnd) {
  constexpr NameRow kRows[] = {
      {"A. Author and B. Author", "Author|A.; Author|B."},
      {"Shannon, C. AND Weaver,\n  W.", "Shannon|C.; Weaver|W."},
      {"A\nand\tB", "A|; B|"},
      {"de la Fuente, Jr, Mar{\\'\\i}a and {ACME {\\&} Co.} and others", "de la/Fuente|María|Jr; =ACME & Co.; …"},
      {"{Smith and Sons} and B", "=Smith and Sons; B|"},
      {"Anderson, B. and Brand, C.", "Anderson|B.; Brand|C."},
      {"Andrea and Sand", "Andrea|; Sand|"},
      {"others", "…"},
      {"others and A", "others|; A|"},
      {"A and {others}", "A|; =others"},
      {"A and others and others", "A|; others|; …"},
      {"A and and B", "A|; B|"},
      {"and A and", "A|"},
      {"{} and A", "A|"},
      {"", ""},
      {"   ", ""},
  };
  for (const NameRow& row : kRows) {
    Arena arena;
    EXPECT_EQ(dump_names(parse_bibtex_names(arena, row.text, decode)), row.expected) << row.text;
  }
}

TEST(BibtexNames, KnowWhereTheyStood) {
  Arena arena;
  const BibtexNameOptions options{true, false, 100, nullptr};
  const Names names = parse_bibtex_names(arena, " A, B and {C} ", decode, options);
  ASSERT_EQ(names.list.size(), 2U);
  EXPECT_EQ(names.list[0].span, (Span{101, 105}));
  EXPECT_EQ(names.list[1].span, (Span{110, 113}));
}

TEST(BibtexNames, SayWhatIsWrong) {
  using Kind = NameProblem::Kind;
  constexpr struct {
    const char* text;
    Kind kind;
    const char* expected;
  } kRows[] = {
      {"A and and B", Kind::EmptyName, "A|; B|"},
      {"A, B, C, D", Kind::TooManyCommas, "A|C, D|B"},
      {"A and B, C,", Kind::TrailingComma, "A|; B|C"},
      {"A {B and C", Kind::UnbalancedBraces, "B and C|A"},
      {"A} B and C", Kind::UnbalancedBraces, "B|A; C|"},
  };
  for (const auto& row : kRows) {
    Arena arena;
    std::vector<NameProblem> problems;
    const BibtexNameOptions options{true, false, 0, &problems};
    EXPECT_EQ(dump_names(parse_bibtex_names(arena, row.text, decode, options)), row.expected) << row.text;
    ASSERT_EQ(problems.size(), 1U) << row.text;
    EXPECT_EQ(problems[0].kind, row.kind) << row.text;
  }
}

struct Written {
  Name name;
  const char* classic;
  Fidelity classic_fidelity;
  const char* extended;
  Fidelity extended_fidelity;
};

Name person(Str family, Str given, Str dropping = {}, Str non_dropping = {}, Str suffix = {}) {
  Name name;
  name.family = family;
  name.given = given;
  name.dropping_particle = dropping;
  name.non_dropping_particle = non_dropping;
  name.suffix = suffix;
  return name;
}

Name body(Str literal) {
  Name name;
  name.literal = literal;
  return name;
}

TEST(BibtexName, IsWrittenSoThatItReadsBack) {
  constexpr Fidelity kExact = Fidelity::Exact;
  constexpr Fidelity kNarrowed = Fidelity::Narrowed;
  const Written kRows[] = {
      {person("Shannon", "Claude E."), "Shannon, Claude E.", kExact, "Shannon, Claude E.", kExact},
      {person("Plato", ""), "Plato", kExact, "Plato", kExact},
      {person("Beethoven", "Ludwig", "van"), "van Beethoven, Ludwig", kExact, "van Beethoven, Ludwig", kExact},
      {person("Gogh", "", "van"), "van Gogh", kExact, "van Gogh", kExact},
      {person("Cruz Gomez", "", "de la"), "de la Cruz Gomez, {}", kExact, "de la Cruz Gomez, {}", kExact},
      {person("Gaulle", "Charles", "", "de"), "de Gaulle, Charles", kNarrowed,
       "family=Gaulle, given=Charles, prefix=de, useprefix=true", kExact},
      {person("A", "B", "c", "d"), "d c A, B", kNarrowed, "family=A, given=B, prefix=d c, useprefix=true", kNarrowed},
      {person("Berg", "X", "Von"), "Von Berg, X", kNarrowed, "family=Berg, given=X, prefix=Von", kExact},
      {person("King", "Martin", "", "", "Jr"), "King, Jr, Martin", kExact, "King, Jr, Martin", kExact},
      {person("King", "", "", "", "Jr"), "King, Jr, {}", kExact, "King, Jr, {}", kExact},
      {person("de la Fuente", "María"), "{de la Fuente}, María", kExact, "{de la Fuente}, María", kExact},
      {person("Drummond de Andrade", "C"), "Drummond de Andrade, C", kExact, "Drummond de Andrade, C", kExact},
      {person("boyd", "danah"), "boyd, danah", kExact, "boyd, danah", kExact},
      {person("Foo, Bar", "X"), "{Foo, Bar}, X", kExact, "{Foo, Bar}, X", kExact},
      {person("Smith", "A and B"), "Smith, {A and B}", kExact, "Smith, {A and B}", kExact},
      {person("Smith",
              "A\xC2\xA0"
              "B"),
       "Smith, {A~B}", kExact, "Smith, {A~B}", kExact},
      {person("Multi Word", ""), "Multi{ }Word", kExact, "family=Multi Word", kExact},
      {person("Ø", ""), "{{\\O}}", kNarrowed, "family={{\\O}}", kExact},
      {person("Ø", "X"), "{\\O}, X", kExact, "{\\O}, X", kExact},
      {person("", "Madonna"), "{}, Madonna", kExact, "{}, Madonna", kExact},
      {person("others", ""), "{others}", kNarrowed, "family=others", kExact},
      {body("ACME & Co."), "{ACME \\& Co.}", kExact, "{ACME \\& Co.}", kExact},
      {body("Smith and Sons"), "{Smith and Sons}", kExact, "{Smith and Sons}", kExact},
  };
  for (const Written& row : kRows) {
    for (const bool extended : {false, true}) {
      const BibtexNameStyle style{extended, false};
      std::string out;
      const Fidelity fidelity = append_bibtex(out, row.name, encode, style);
      EXPECT_EQ(out, extended ? row.extended : row.classic);
      EXPECT_EQ(fidelity, extended ? row.extended_fidelity : row.classic_fidelity) << out;
      Arena arena;
      const std::string read_back = dump_names(parse_bibtex_names(arena, out, decode));
      EXPECT_EQ(read_back == dump_names(row.name), fidelity == kExact) << out << " was read as " << read_back;
    }
  }
}

TEST(BibtexName, IsWrittenUnderTheEntrysUsePrefix) {
  const BibtexNameStyle style{true, true};
  std::string out;
  EXPECT_EQ(append_bibtex(out, person("Gaulle", "Charles", "", "de"), encode, style), Fidelity::Exact);
  EXPECT_EQ(append_bibtex(out += " + ", person("Beethoven", "Ludwig", "van"), encode, style), Fidelity::Exact);
  EXPECT_EQ(out, "de Gaulle, Charles + family=Beethoven, given=Ludwig, prefix=van, useprefix=false");
}

TEST(BibtexName, WritesInitialsWhereThereIsNothingElse) {
  Name name = person("Mills", "");
  name.initials = "MN";
  std::string out;
  EXPECT_EQ(append_bibtex(out, name, encode), Fidelity::Narrowed);
  EXPECT_EQ(out, "Mills, MN");
}

TEST(BibtexNames, AreWrittenAsAList) {
  Arena arena;
  Names names;
  names.list.push_back(arena, person("Shannon", "C."));
  names.list.push_back(arena, Name{});
  names.list.push_back(arena, body("ACME"));
  names.complete = false;
  std::string out;
  EXPECT_EQ(append_bibtex(out, names, encode), Fidelity::Narrowed) << "a name without anything was left out";
  EXPECT_EQ(out, "Shannon, C. and {ACME} and others");
  EXPECT_EQ(append_bibtex(out, Names{}, encode), Fidelity::Refused);
}

TEST(BibtexNames, KnowTheirParticles) {
  Arena arena;
  Names names;
  EXPECT_EQ(particle_kinds(names), ParticleKinds::None);
  names.list.push_back(arena, person("Beethoven", "L", "van"));
  EXPECT_EQ(particle_kinds(names), ParticleKinds::Dropping);
  names.list.push_back(arena, person("Gaulle", "C", "", "de"));
  EXPECT_EQ(particle_kinds(names), ParticleKinds::Mixed);
  names.list.erase(0);
  EXPECT_EQ(particle_kinds(names), ParticleKinds::NonDropping);
}

TEST(InvertedName, OfRisReadsAndWritesBack) {
  constexpr NameRow kRows[] = {
      {"Shannon, Claude E.", "Shannon|Claude E."},
      {"García-Pérez, José María, Jr.", "García-Pérez|José María|Jr."},
      {"van der Berg, Jan", "van der Berg|Jan"},
      {"King, , Jr", "King||Jr"},
      {"King, Martin L Jr", "King|Martin L Jr"},
      {"ACME Study Group", "=ACME Study Group"},
      {"Achenbach, Barned, Benchimol, Berry", "=Achenbach, Barned, Benchimol, Berry"},
  };
  for (const NameRow& row : kRows) {
    Arena arena;
    const Name name = parse_inverted_name(arena, row.text, kRisName);
    EXPECT_EQ(dump_names(name), row.expected) << row.text;
    std::string out;
    EXPECT_EQ(append_inverted(out, name, kRisName), Fidelity::Exact) << row.text;
    EXPECT_EQ(out, row.text);
  }
  Arena arena;
  EXPECT_EQ(dump_names(parse_inverted_name(arena, "ACME Study Group,", kRisName)), "=ACME Study Group");
  EXPECT_EQ(dump_names(parse_inverted_name(arena, " Doe ,Jane ", kRisName)), "Doe|Jane");
  EXPECT_EQ(dump_names(parse_inverted_name(arena, "Doe, Jane,", kRisName)), "Doe|Jane");
  EXPECT_EQ(dump_names(parse_inverted_name(arena, ",", kRisName)), "=,");
  EXPECT_EQ(dump_names(parse_inverted_name(arena, ",,", kRisName)), "=,,");
  EXPECT_EQ(dump_names(parse_inverted_name(arena, "", kRisName)), "|");
}

TEST(InvertedName, OfMedlineReadsAndWritesBack) {
  constexpr NameRow kRows[] = {
      {"Mills, Matthew N", "Mills|Matthew N"},
      {"King, Martin L Jr", "King|Martin L|Jr"},
      {"Cosgrove, Delos M 3rd", "Cosgrove|Delos M|3rd"},
      {"Smith, John III", "Smith|John|III"},
      {"Ivanov, II", "Ivanov|II"},
      {"King, Jr", "King||Jr"},
      {"King, , II", "King||II"},
      {"King, Martin, PhD", "King|Martin|PhD"},
      {"Suharto", "Suharto|"},
      {"de la Fuente, María", "de la Fuente|María"},
      {",", ",|"},
      {", ,", ", ,|"},
  };
  for (const NameRow& row : kRows) {
    Arena arena;
    const Name name = parse_inverted_name(arena, row.text, kMedlineFullName);
    EXPECT_EQ(dump_names(name), row.expected) << row.text;
    std::string out;
    EXPECT_EQ(append_inverted(out, name, kMedlineFullName), Fidelity::Exact) << row.text;
    EXPECT_EQ(out, row.text);
  }
}

TEST(InvertedName, SaysWhatItNarrows) {
  const struct {
    Name name;
    InvertedStyle style;
    const char* expected;
  } kRows[] = {
      {person("Gaulle", "Charles", "", "de"), kRisName, "de Gaulle, Charles"},
      {person("Alembert", "Jean", "", "d'"), kRisName, "d'Alembert, Jean"},
      {person("Beethoven", "Ludwig", "van"), kRisName, "Beethoven, Ludwig van"},
      {person("Beethoven", "Ludwig", "van", "", "Jr"), kMedlineFullName, "Beethoven, Ludwig van Jr"},
      {person("Plato", ""), kRisName, "Plato"},
      {person("", "Madonna"), kRisName, "Madonna"},
      {person("A, B", "C"), kRisName, "A, B, C"},
      {body("ACME, Inc"), kRisName, "ACME, Inc"},
      {body("ACME"), kMedlineFullName, "ACME"},
  };
  for (const auto& row : kRows) {
    std::string out;
    EXPECT_EQ(append_inverted(out, row.name, row.style), Fidelity::Narrowed);
    EXPECT_EQ(out, row.expected);
  }
  std::string out;
  EXPECT_EQ(append_inverted(out, Name{}, kRisName), Fidelity::Refused);
  Name indexed = person("Mills", "");
  indexed.initials = "MN";
  EXPECT_EQ(append_inverted(out, indexed, kRisName), Fidelity::Narrowed);
  EXPECT_EQ(out, "Mills, MN");
}

TEST(IndexedName, ReadsAndWritesBack) {
  constexpr NameRow kRows[] = {
      {"Mills MN", "Mills|MN"},
      {"García-Pérez JM Jr", "García-Pérez|JM|Jr"},
      {"Cosgrove DM 3rd", "Cosgrove|DM|3rd"},
      {"Smith J II", "Smith|J|II"},
      {"Ivanov II", "Ivanov|II"},
      {"Ivanov II Jr", "Ivanov|II|Jr"},
      {"de la Fuente MD", "de la Fuente|MD"},
      {"Zola É", "Zola|É"},
      {"SMITH JA", "SMITH|JA"},
      {"Smith JR", "Smith|JR"},
      {"Jones Jr", "Jones||Jr"},
      {"Suharto", "Suharto|"},
      {"WHO", "WHO|"},
      {"Jr", "Jr|"},
      {"ACME Study Group", "ACME Study Group|"},
  };
  for (const NameRow& row : kRows) {
    Arena arena;
    const Name name = parse_indexed_name(arena, row.text);
    EXPECT_EQ(dump_names(name), row.expected) << row.text;
    EXPECT_EQ(name.initials, name.given);
    std::string out;
    EXPECT_EQ(append_indexed(out, name), Fidelity::Exact) << row.text;
    EXPECT_EQ(out, row.text);
  }
}

TEST(IndexedName, MakesInitialsOnlyWhereTheyAreMissing) {
  std::string out;
  EXPECT_EQ(append_indexed(out, person("García-Pérez", "José María", "", "", "Jr")), Fidelity::Narrowed);
  EXPECT_EQ(out, "García-Pérez JM Jr");
  Name name = person("Mills", "Matthew N");
  name.initials = "MN";
  out.clear();
  EXPECT_EQ(append_indexed(out, name), Fidelity::Exact);
  EXPECT_EQ(out, "Mills MN");

  constexpr NameRow kRows[] = {
      {"José María", "JM"}, {"Jean-Paul", "JP"}, {"J.-M.", "JM"}, {"J. R. R.", "JRR"}, {"JM", "JM"},
      {"JOHN PAUL", "JP"},  {"élie", "É"},       {"", ""},        {"(Bob)", ""},       {"María de los Ángeles", "MDLÁ"}};
  for (const NameRow& row : kRows) {
    std::string initials;
    append_initials(initials, row.text);
    EXPECT_EQ(initials, row.expected) << row.text;
  }
}

TEST(Name, KnowsItsDetails) {
  Arena arena;
  Name name = person("Mills", "MN");
  EXPECT_FALSE(has_details(name));
  name.initials = "MN";
  EXPECT_FALSE(has_details(name));
  name.given = "Matthew N";
  EXPECT_TRUE(has_details(name));
  name.initials = {};
  name.affiliations.push_back(arena, Affiliation{});
  EXPECT_TRUE(has_details(name));
}

TEST(Name, SplitsParticlesOnRequest) {
  const struct {
    Name name;
    const char* expected;
  } kRows[] = {
      {person("van der Berg", "Jan"), "van der//Berg|Jan"},
      {person("Beethoven", "Ludwig van"), "van/Beethoven|Ludwig"},
      {person("d'Alembert", "Jean"), "d'//Alembert|Jean"},
      {person("de l'Isle", "Guillaume"), "de l'//Isle|Guillaume"},
      {person("al-Hassan", "Ali"), "al-//Hassan|Ali"},
      {person("Van der Berg", "Jan"), "Van der Berg|Jan"},
      {person("Drummond de Andrade", "Carlos"), "Drummond de Andrade|Carlos"},
      {person("van", "de"), "van|de"},
      {person("de", "Ludwig"), "de|Ludwig"},
      {person("van Berg", "Jan", "x"), "x/van Berg|Jan"},
      {person("", ""), "|"},
      {body("van der Berg"), "=van der Berg"},
  };
  for (const auto& row : kRows) {
    Name name = row.name;
    split_particles(name);
    EXPECT_EQ(dump_names(name), row.expected);
  }
}

TEST(Name, KnowsSuffixes) {
  EXPECT_TRUE(is_name_suffix("Jr."));
  EXPECT_TRUE(is_name_suffix("III"));
  EXPECT_FALSE(is_name_suffix("JR")) << "initials";
  EXPECT_FALSE(is_name_suffix(""));
}

TEST(BibtexNames, AreReadInLinearTime) {
  for (const char* const piece : {"{", "}", "a ", "A, ", "{\\", "~", "and ", "a and ", "A=", "\\'{", "family=a,"}) {
    std::string text;
    while (text.size() < 100'000) text += piece;
    Arena arena;
    const Names names = parse_bibtex_names(arena, text, [](Arena& in, std::string_view latex) { return in.copy(latex); });
    EXPECT_LE(names.list.size(), text.size());
  }
}

TEST(Names, ThatAreMarkedAsWrongCanBeLeftOut) {
  Arena arena;
  Names names;
  names.complete = false;
  for (const Str family : {"Lynd", "Lind"}) {
    Name name;
    name.family = family;
    name.valid = family == "Lind";
    names.list.push_back(arena, name);
  }
  EXPECT_TRUE(has_names_marked_as_wrong(names));
  const Names valid = without_names_marked_as_wrong(arena, names);
  EXPECT_FALSE(has_names_marked_as_wrong(valid));
  ASSERT_EQ(valid.list.size(), 1U);
  EXPECT_EQ(valid.list[0].family, "Lind");
  EXPECT_FALSE(valid.complete);
}

}  // namespace
}  // namespace bibmill::text
