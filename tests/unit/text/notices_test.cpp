// Notices: what links and publication types say of a retraction.
#include "bibmill/text/notices.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <memory>

namespace bibmill::text {
namespace {

struct LinkTo {
  const char* type;
  const char* source;
};

/// A record with such links and publication types, links first.
Record record_with(std::initializer_list<LinkTo> links, std::initializer_list<const char*> types = {}) {
  Record record(std::make_shared<Arena>());
  Links list;
  for (const LinkTo& to : links) {
    Link link;
    link.type = to.type;
    link.source = to.source;
    list.list.push_back(record.arena(), link);
  }
  Terms terms;
  for (const char* const type : types) {
    Term term;
    term.text = type;
    terms.list.push_back(record.arena(), term);
  }
  record.add(Field::CommentsCorrections, list);
  record.add(Field::PublicationType, terms);
  return record;
}

std::string notice(const Record& record, Field field) { return notice_of(*record.find(field), record); }
std::string_view state(const Record& record, Field field) { return state_of(*record.find(field), record); }

TEST(Notices, OfLinks) {
  const Record record = record_with({{"CommentIn", "Lancet. 1999 Jan 2;353:1"},
                                     {"ExpressionOfConcernIn", "Cell. 1999 May;97(3):1"},
                                     {"RetractionIn", "Cell. 2000 Jan;100(1):1. doi: 10.1016/x."}});
  EXPECT_EQ(notice(record, Field::CommentsCorrections),
            "Expression of concern in: Cell. 1999 May;97(3):1. Retracted in: Cell. 2000 Jan;100(1):1. doi: 10.1016/x.");
  EXPECT_EQ(state(record, Field::CommentsCorrections), "retracted") << "the gravest";
}

TEST(Notices, OfAPublicationTypeAreSaidOnce) {
  const Record linked = record_with({{"RetractionIn", ""}}, {"Journal Article", "Retracted Publication"});
  EXPECT_EQ(notice(linked, Field::CommentsCorrections), "Retracted");
  EXPECT_EQ(notice(linked, Field::PublicationType), "");
  EXPECT_EQ(state(linked, Field::PublicationType), "");
  const Record concern = record_with({{"ExpressionOfConcernIn", "Cell. 1999"}}, {"Retracted Publication"});
  EXPECT_EQ(notice(concern, Field::PublicationType), "Retracted");
  EXPECT_EQ(state(concern, Field::PublicationType), "retracted");
}

TEST(Notices, OfANoticeItselfAreNone) {
  const Record notices = record_with({{"RetractionOf", "Cell. 1998"}, {"ExpressionOfConcernFor", "Cell. 1997"}, {"ErratumIn", "Cell. 1999"}},
                                     {"Retraction of Publication", "Expression of Concern"});
  for (const Field field : {Field::CommentsCorrections, Field::PublicationType}) {
    EXPECT_EQ(notice(notices, field), "");
    EXPECT_EQ(state(notices, field), "");
  }
}

TEST(Notices, OfPartsAndRepublished) {
  const Record record = record_with({{"PartialRetractionIn", "Cell. 2000"}, {"RetractedandRepublishedIn", "Cell. 2001"}}, {"Retracted Publication"});
  EXPECT_EQ(notice(record, Field::CommentsCorrections), "Retracted in part in: Cell. 2000. Retracted and republished in: Cell. 2001");
  EXPECT_EQ(state(record, Field::CommentsCorrections), "retracted and republished");
  EXPECT_EQ(notice(record, Field::PublicationType), "");
}

}  // namespace
}  // namespace bibmill::text
