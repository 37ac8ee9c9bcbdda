// Law 2: a record that was written and read back is the same, less exactly what the ledger said was lost, plus what it said was supplied.
#pragma once

#include <string>
#include <vector>

#include "bibmill/format.h"

namespace bibmill::laws {

/// A record and the books of its writing.
struct Written {
  const Record* record = nullptr;
  const Ledger* ledger = nullptr;
  const Format* target = nullptr;  ///< where it was written; not known: nullptr
};

/// What `after` has otherwise than `before` although the books say that it passed whole; one text for each.
std::vector<std::string> unsaid_differences(const Record& before, const Ledger& ledger, const Record& after, const Format* target = nullptr);
/// The same of a record that went through several formats: each writing in order, and what was read at the end.
std::vector<std::string> unsaid_differences(const std::vector<Written>& ways, const Record& after);

/// What `after` has that `before` had not, although the books say that everything passed and nothing was supplied; one text for each.
std::vector<std::string> unsaid_additions(const Record& before, const Ledger& ledger, const Record& after);

/// What the books call lost although `after` has it.
std::vector<std::string> false_alarms(const Record& before, const Ledger& ledger, const Record& after);

/// The losses that the target's tables do not predict for the record; one text for each.
std::vector<std::string> unpredicted_losses(const Format& target, const Record& record, const Ledger& ledger);

}  // namespace bibmill::laws
