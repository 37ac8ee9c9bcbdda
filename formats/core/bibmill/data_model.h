// DataModel: what a format's data model asks of its types of entries, for checking.
//
// A reader whose format has one is a DataModel too: who wants to know asks for it with dynamic_cast.
#pragma once

#include <optional>
#include <string_view>

namespace bibmill {

/// Types and keys as written, in any case.
class DataModel {
 public:
  virtual ~DataModel() = default;
  /// The keys that an entry of the type must have, divided by blanks; of those joined by '|' one is enough. Nothing: the model has no such type.
  virtual std::optional<std::string_view> required(std::string_view type) const = 0;
  /// May an entry of the type have the key?
  virtual bool allows(std::string_view type, std::string_view key) const = 0;
};

}  // namespace bibmill
