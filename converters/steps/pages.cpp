// pages: ranges in full or short, written as the target writes them.
#include <memory>
#include <string>

#include <fmt/format.h>

#include "bibmill/errors.h"
#include "bibmill/reflect.h"
#include "bibmill/step.h"
#include "bibmill/text/pages.h"

namespace bibmill::steps {

namespace {

class PageStep final : public Step {
 public:
  explicit PageStep(std::span<const StepArgument> arguments) {
    for (const StepArgument& argument : arguments) {
      const std::string& how = argument.values.front();
      if (how != "expand" && how != "contract") throw UsageError(fmt::format("the step pages can expand or contract, not {}", how));
      contracts_ = how == "contract";
    }
  }

  Verdict record(Record& record, DiagnosticSink& diagnostics) const override {
    for (Item& item : record.items()) {
      Entry* const entry = std::get_if<Entry>(&item);
      Pages* const pages = entry == nullptr ? nullptr : std::get_if<Pages>(&entry->value);
      if (pages == nullptr || pages->ranges.empty()) continue;
      const std::string before = entry->raw.empty() ? in_words(*pages) : shortened(entry->raw);
      Pages after = rewritten(record.arena(), *pages);
      after.raw = {};
      const std::string now = in_words(after);
      if (same_content(after, *pages) && pages->raw.empty() && entry->raw.empty()) continue;
      if (now != before) say_change(diagnostics, record, "step/pages", entry->span, fmt::format("pages {} are written {}", before, now));
      *pages = after;
      entry->raw = record.layout = {};
    }
    return Verdict::Keep;
  }

 private:
  static std::string in_words(const Pages& pages) {
    std::string words;
    text::append_pages(words, pages, text::PageStyle::Hyphen);
    return words;
  }

  Pages rewritten(Arena& arena, const Pages& pages) const {
    Pages full = text::parse_pages(arena, in_words(pages));
    if (!contracts_) return full;
    for (PageRange& range : full.ranges) {
      if (range.last.empty()) continue;
      std::string text;
      text::append_page_range(text, range, text::PageStyle::Abbreviated);
      const std::size_t dash = range.first.size();
      if (text.size() > dash + 1 && text[dash] == '-') range.last = arena.copy(std::string_view(text).substr(dash + 1));
    }
    return full;
  }

  bool contracts_ = false;
};

constexpr StepOption kOptions[] = {
    {"how", "expand|contract", "expand (default): 1194-1205; contract: 1194-205, as NLM writes them; \"how=\" may be left out"},
};

constexpr StepExample kExamples[] = {
    {"pages", "\"1194-205\" becomes 1194-1205, whatever dash was written"},
    {"pages:contract", "1194-1205 becomes 1194-205"},
};

}  // namespace

const StepDescriptor& pages() {
  static constexpr StepDescriptor kStep = {
      "pages",
      "write ranges of pages in full, or shortened",
      "A last page that was abbreviated is completed where letters agree and the pages run forwards; dashes are the target's. A text that is no range stays as it is. One record at a time.",
      kOptions,
      kExamples,
      [](std::span<const StepArgument> arguments) -> AnyStep { return std::make_unique<const PageStep>(arguments); },
      "how",
  };
  return kStep;
}

}  // namespace bibmill::steps
