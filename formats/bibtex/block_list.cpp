// Keeping blocks.
#include "block_list.h"

namespace bibmill::bibtex {

void BlockList::add(const Block& block, std::span<const Group> groups, std::string_view text, std::uint64_t offset) {
  const std::string_view whole = text.substr(block.begin, block.end - block.begin);
  Item& item = items_.emplace_back(Item{block, offset + block.begin, 0, block.type.size(), groups_.size(), groups.size()});
  if (!block.type.empty()) item.type_at = static_cast<std::size_t>(block.type.data() - whole.data());
  item.block.type = {};
  item.block.begin = 0;
  item.block.end = whole.size();
  if (block.kind != Block::Kind::Text) item.block.body -= block.begin;
  groups_.insert(groups_.end(), groups.begin(), groups.end());
}

void BlockList::part_from(std::uint64_t from, BlockList& other) {
  std::size_t kept = items_.size();
  while (kept > 0 && items_[kept - 1].begin >= from) --kept;
  for (std::size_t at = kept; at < items_.size(); ++at) {
    Item item = items_[at];
    const auto first = groups_.begin() + static_cast<std::ptrdiff_t>(item.first_group);
    item.first_group = other.groups_.size();
    other.groups_.insert(other.groups_.end(), first, first + static_cast<std::ptrdiff_t>(item.group_count));
    other.items_.push_back(item);
  }
  items_.resize(kept);
}

void BlockList::clear() {
  items_.clear();
  groups_.clear();
}

bool BlockList::Walk::find(std::string_view text, std::uint64_t offset, std::size_t at, Block& block, std::span<const Group>& groups) {
  if (list_ == nullptr) return false;
  const std::vector<Item>& items = list_->items_;
  while (next_ < items.size() && items[next_].begin < offset + at) ++next_;
  if (next_ == items.size() || items[next_].begin != offset + at || items[next_].block.end > text.size() - at) return false;
  const Item& item = items[next_++];
  block = item.block;
  block.begin += at;
  block.end += at;
  if (block.kind != Block::Kind::Text) block.body += at;
  block.type = text.substr(at + item.type_at, item.type_size);
  groups = std::span(list_->groups_).subspan(item.first_group, item.group_count);
  return true;
}

}  // namespace bibmill::bibtex
