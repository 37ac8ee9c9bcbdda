// The triangle: an article in both of PubMed's forms is one record, but for what one of the forms has no place for; and each form written as the other and back
// loses nothing else.
//
// The pairs stand in fixtures/medline/pairs and fixtures/pubmed/pairs, file by file under the same names, record by record under the same PMIDs.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "bibmill/reflect.h"
#include "bibmill/text/rich_text.h"
#include "bibmill/text/schema.h"
#include "corpus.h"

namespace bibmill::laws {
namespace {

namespace fs = std::filesystem;

/// Fields that only one of the forms has.
const std::set<Field> kOnlyInOneForm = {
    Field::PublicationModel,  // PUBM is retired
    Field::IndexingMethod,   Field::CitedMedium, Field::Medium, Field::CitedReference,
    Field::CitationText,  // SO
};

/// Fields that books have in only one form.
const std::set<Field> kOnlyInOneFormOfBooks = {Field::RecordStatus, Field::PublicationStatus};

/// Publication types that PubMed XML says by its elements.
bool is_said_by_elements(const std::string& dumped) { return dumped == "[\"Book\"]" || dumped == "[\"Book Chapter\"]"; }

/// Members of values that the tagged form has no place for: identifiers in vocabularies, kinds and categories, attributes.
constexpr std::string_view kOnlyInXml[] = {"category", "equal-contribution", "version", "complete"};

/// A copy of the value as the tagged form could hold it.
class Plainer {
 public:
  explicit Plainer(Arena& arena) : arena_(arena) {}

  Value operator()(const Value& value) {
    return std::visit([&](auto held) { return Value(plain(held)); }, value);
  }

 private:
  template <class T>
  T plain(T value) {
    if constexpr (std::is_same_v<T, RichText>) {
      return RichText::of(arena_, arena_.copy(std::regex_replace(text::plain_text(value), kTag, "")));
    } else if constexpr (IsList<T>::value) {
      T list;
      for (const auto& element : value) list.push_back(arena_, plain(element));
      return list;
    } else if constexpr (Described<T>) {
      T::members([&](std::string_view name, auto member, std::string_view) {
        using Member = std::decay_t<decltype(value.*member)>;
        if constexpr (!std::is_same_v<Member, Span> && !std::is_same_v<Member, DatePoint>) {
          const bool of_vocabulary = name == "identifier" || (name == "type" && std::is_same_v<T, Heading>);
          const bool xml_only = std::find(std::begin(kOnlyInXml), std::end(kOnlyInXml), name) != std::end(kOnlyInXml);
          if (of_vocabulary || (xml_only && !std::is_same_v<T, Names>) || name == "raw")
            value.*member = Member{};
          else
            value.*member = plain(value.*member);
        }
      });
      return value;
    } else {
      return value;
    }
  }

  inline static const std::regex kTag{"</?mml:[^>]*>"};  // of formulas, whose characters alone count
  Arena& arena_;
};

/// Every value of the field, elements one by one.
std::vector<std::string> spelled_values_of(const Record& record, Field field) {
  std::vector<std::string> values;
  Arena arena;
  Plainer plainer(arena);
  for_each_entry(record, [&](const Entry& entry) {
    if (entry.field != field || entry.same_as) return;
    std::visit(
        [&](const auto& value) {
          if constexpr (requires { value.list; }) {
            for (const auto& element : value.list) {
              auto one = value;
              one.list = {};
              one.list.push_back(arena, element);
              values.push_back(text::dump(plainer(Value(one))));
            }
          } else {
            values.push_back(text::dump(plainer(Value(value))));
          }
        },
        entry.value);
  });
  std::erase_if(values, is_said_by_elements);
  // Without PHST the tagged form gives the events in the order of its tags.
  if (field == Field::History) std::sort(values.begin(), values.end());
  return values;
}

std::string joined(const std::vector<std::string>& values) {
  std::string all;
  for (const std::string& value : values) all.append("\n    ").append(value);
  return all;
}

std::map<std::string, const Record*> by_pmid(const Reading& reading) {
  std::map<std::string, const Record*> records;
  for (const Record& record : reading.records)
    if (const Identifiers* const pmid = record.get<Field::Pmid>()) records.emplace(std::string(pmid->list.front().value), &record);
  return records;
}

std::vector<Document> pairs_of(std::string_view format) {
  std::vector<Document> documents = fixtures();
  std::erase_if(documents, [&](const Document& document) {
    return document.format->id != format || document.path.parent_path().filename() != "pairs";
  });
  return documents;
}

void expect_same(const Record& a, const Record& b, const std::string& pmid) {
  EXPECT_EQ(name_of(a.type), name_of(b.type)) << pmid;
  for (std::size_t f = 0; f < kFieldCount; ++f) {
    const Field field = static_cast<Field>(f);
    const bool book = a.type == Type::Book || a.type == Type::Chapter;
    if (kOnlyInOneForm.count(field) > 0 || (book && kOnlyInOneFormOfBooks.count(field) > 0)) continue;
    const std::vector<std::string> in_a = spelled_values_of(a, field);
    const std::vector<std::string> in_b = spelled_values_of(b, field);
    EXPECT_TRUE(in_a == in_b) << pmid << " " << name_of(field) << "\n  medline:" << joined(in_a) << "\n  pubmed:" << joined(in_b);
  }
}

TEST(Pairs, AreTheSameRecord) {
  std::size_t count = 0;
  const std::vector<Document> tagged = pairs_of("medline");
  const std::vector<Document> xml = pairs_of("pubmed");
  ASSERT_EQ(tagged.size(), xml.size());
  for (std::size_t at = 0; at < tagged.size(); ++at) {
    ASSERT_EQ(tagged[at].path.stem(), xml[at].path.stem());
    const Reading a = read(*tagged[at].format, text_of(tagged[at]));
    const Reading b = read(*xml[at].format, text_of(xml[at]));
    const auto in_b = by_pmid(b);
    ASSERT_EQ(a.records.size(), b.records.size());
    for (const auto& [pmid, record] : by_pmid(a)) {
      ASSERT_EQ(in_b.count(pmid), 1U) << pmid;
      expect_same(*record, *in_b.at(pmid), pmid);
      ++count;
    }
  }
  EXPECT_GE(count, 20U);
}

/// The other of the two forms.
const Format& other_form(const Format& format) {
  return *format_named(all_formats(), format.id == "medline" ? "pubmed" : "medline");
}

TEST(Pairs, EachFormHoldsTheOtherAndGivesItBack) {
  for (const std::string_view form : {"medline", "pubmed"})
    for (const Document& document : pairs_of(form)) {
      const Format& own = *document.format;
      const Format& other = other_form(own);
      Reading first = read(own, text_of(document));
      Reading there = read_alone(other, write(other, first.records).text);
      ASSERT_EQ(there.records.size(), first.records.size()) << document.name();
      const Reading back = read_alone(own, write(own, there.records).text);
      ASSERT_EQ(back.records.size(), first.records.size()) << document.name();
      for (std::size_t at = 0; at < first.records.size(); ++at) {
        const std::string pmid(first.records[at].get<Field::Pmid>()->list.front().value);
        expect_same(first.records[at], there.records[at], pmid + " from " + std::string(form));
        expect_same(first.records[at], back.records[at], pmid + " from " + std::string(form) + " and back");
      }
    }
}

/// What one form cannot hold of the other is lost by name.
TEST(Pairs, WhatAFormHasNoPlaceForIsNamed) {
  std::set<std::string> lost;
  for (const std::string_view form : {"medline", "pubmed"})
    for (const Document& document : pairs_of(form)) {
      Reading reading = read(*document.format, text_of(document));
      const Writing writing = write(other_form(*document.format), reading.records);
      for (const Ledger& ledger : writing.ledgers) {
        std::vector<Loss> losses;
        ledger.losses(losses);
        for (const Loss& loss : losses) {
          const Entry* const entry = loss.item == nullptr ? nullptr : std::get_if<Entry>(loss.item);
          if (entry == nullptr) continue;  // links of titles to Bookshelf
          lost.insert(std::string(form) + " " + std::string(name_of(entry->field)) + (loss.part.empty() ? "" : ": ") + std::string(loss.part));
        }
      }
    }
  const std::set<std::string> kExpected = {"medline citation-text",
                                           "medline record-status",
                                           "pubmed PMID: version",
                                           "pubmed abstract: categories",
                                           "pubmed abstract: markup",
                                           "pubmed author: equal contribution",
                                           "pubmed cited-medium",
                                           "pubmed cited-reference",
                                           "pubmed heading: identifiers",
                                           "pubmed indexing-method",
                                           "pubmed keyword: markup",
                                           "pubmed medium",
                                           "pubmed publication-type: identifiers",
                                           "pubmed substance: identifiers",
                                           "pubmed supplementary-concept: identifiers",
                                           "pubmed title: markup"};
  EXPECT_EQ(lost, kExpected);
}

}  // namespace
}  // namespace bibmill::laws
