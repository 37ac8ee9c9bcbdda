// SAX2 events to trees.
#include "parser.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <exception>
#include <limits>
#include <new>
#include <utility>
#include <vector>

#include "libxml2.h"
#include "xml.h"

namespace bibmill::pubmed {

namespace {

constexpr std::string_view kOpen = "<r>";  // the element around a batch
constexpr std::string_view kClose = "</r>";

constexpr int kParserOptions = XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOWARNING;

/// More names than these were never in any DTD: the context that remembers them is replaced.
constexpr int kMaxNames = 20'000;

struct ContextDeleter {
  void operator()(xmlParserCtxtPtr context) const { libxml2().xmlFreeParserCtxt(context); }
};

}  // namespace

class Parser::Work {
 public:
  Work() { renew(); }

  Parsed parse(std::string_view text, std::string_view source, std::uint64_t offset, TreeSink& sink, Rest rest) {
    start(text, source, offset, sink);
    if (text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()) - kOpen.size() - kClose.size())
      return {false, "a batch of more than 2 GiB", 0};
    // (libxml2 2.9.14 loses its place in static buffers.)
    xmlParserInputBufferPtr const buffer = libxml2_.xmlAllocParserInputBuffer(XML_CHAR_ENCODING_NONE);
    if (buffer == nullptr) throw std::bad_alloc();
    for (const std::string_view piece : {kOpen, text, kClose})
      if (libxml2_.xmlParserInputBufferPush(buffer, static_cast<int>(piece.size()), piece.data()) < 0) throw std::bad_alloc();
    xmlParserInputPtr const input = libxml2_.xmlNewIOInputStream(context_.get(), buffer, XML_CHAR_ENCODING_NONE);
    if (input == nullptr) throw std::bad_alloc();
    libxml2_.inputPush(context_.get(), input);
    libxml2_.xmlParseDocument(context_.get());
    finish();
    if (rest == Rest::Delivered && !parsed_.well_formed && !done_) deliver_rest();
    if (exception_ != nullptr) std::rethrow_exception(exception_);
    return std::move(parsed_);
  }

 private:
  void renew() {
    context_.reset(libxml2_.xmlNewParserCtxt());
    if (context_ == nullptr) throw std::bad_alloc();
    names_.fill({});
    xmlSAXHandler& sax = *context_->sax;
    sax = {};
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = [](void* self, const xmlChar* name, const xmlChar* prefix, const xmlChar*, int, const xmlChar**, int,
                            int, const xmlChar**) { static_cast<Work*>(self)->start_element(name, prefix); };
    sax.endElementNs = [](void* self, const xmlChar* name, const xmlChar* prefix, const xmlChar*) {
      static_cast<Work*>(self)->end_element(name, prefix);
    };
    sax.serror = [](void* self, xmlErrorPtr error) { static_cast<Work*>(self)->error(*error); };
  }

  void start(std::string_view text, std::string_view source, std::uint64_t offset, TreeSink& sink) {
    if (libxml2_.xmlDictSize(context_->dict) > kMaxNames) renew();
    libxml2_.xmlCtxtReset(context_.get());
    libxml2_.xmlCtxtUseOptions(context_.get(), kParserOptions);
    context_->userData = this;
    // As if an unread DTD could declare entities: a reference to an unknown one is then no fault of form, and stays the text that it is.
    context_->hasExternalSubset = 1;
    text_ = text;
    source_ = source;
    tree_.offset = offset;
    offset_ = offset;
    sink_ = &sink;
    parsed_ = {};
    open_.clear();
    depth_ = 0;
    done_ = false;
    exception_ = nullptr;
  }

  void finish() {
    if (parsed_.well_formed && context_->wellFormed == 0 && !done_) refuse("not well-formed", here());
  }

  /// Offset in the batch of libxml2's cursor.
  std::size_t here() const {
    const xmlParserInputPtr input = context_->input;
    if (input == nullptr) return text_.size();
    const std::size_t at = static_cast<std::size_t>(input->consumed) + static_cast<std::size_t>(input->cur - input->base);
    return at < kOpen.size() ? 0 : std::min(at - kOpen.size(), text_.size());
  }

  struct KnownName {
    const xmlChar* name = nullptr;
    NameId id = kUnknownName;
    std::uint32_t size = 0;
  };

  /// Names are one string each as long as the context lives, so that their address tells them apart.
  const KnownName& known(const xmlChar* name) {
    const auto address = reinterpret_cast<std::uintptr_t>(name);
    KnownName& slot = names_[(address ^ (address >> 9U)) % kNameSlots];
    if (slot.name != name) {
      const std::string_view text(reinterpret_cast<const char*>(name));
      slot = {name, kNames.find(text), static_cast<std::uint32_t>(text.size())};
    }
    return slot;
  }

  void start_element(const xmlChar* name, const xmlChar* prefix) {
    if (done_ || !parsed_.well_formed) return;
    if (++depth_ == 1) return;  // our own element
    if (depth_ > kMaxDepth + 1) {
      refuse("elements nested more than 1024 deep", here());
      return;
    }
    if (depth_ == 2) {
      tree_.elements.clear();
      tree_.attributes.clear();
    }
    // The cursor stands at the tag's ">" or "/>". A tag has no other "<" than its first.
    const std::size_t cursor = here();
    const KnownName& is = known(name);
    std::size_t begin = prefix == nullptr && cursor > is.size ? cursor - is.size - 1 : cursor;
    if (begin == cursor || text_[begin] != '<') {
      begin = text_.rfind('<', cursor);
    }
    const bool empty = text_[cursor] == '/';
    Element element;
    if (depth_ == 2) record_begin_ = begin;
    element.begin = static_cast<std::uint32_t>(begin - record_begin_);
    element.tag_end = static_cast<std::uint32_t>(cursor + (empty ? 2 : 1) - record_begin_);
    element.close = empty ? element.tag_end : 0;
    element.name = is.id;
    element.parent = open_.empty() ? 0 : open_.back();
    element.attributes = static_cast<std::uint32_t>(tree_.attributes.size());
    add_attributes(text_.substr(begin, cursor - begin));
    open_.push_back(static_cast<std::uint32_t>(tree_.elements.size()));
    tree_.elements.push_back(element);
    last_event_ = record_begin_ + element.tag_end;
  }

  /// libxml2 gives decoded values; what is wanted is where they stand.
  void add_attributes(std::string_view tag) {
    if (tag.find('=') == std::string_view::npos) return;
    const auto offset = [&](const char* at) { return static_cast<std::uint32_t>(at - text_.data() - record_begin_); };
    Attributes attributes(tag);
    while (attributes.next()) {
      AttributePlace place;
      place.id = kAttributes.find(attributes.name());
      place.begin = offset(attributes.name().data());
      place.name_end = place.begin + static_cast<std::uint32_t>(attributes.name().size());
      place.value_begin = offset(attributes.value().data());
      place.value_end = place.value_begin + static_cast<std::uint32_t>(attributes.value().size());
      tree_.attributes.push_back(place);
    }
  }

  void end_element(const xmlChar* name, const xmlChar* prefix) {
    if (done_ || !parsed_.well_formed) return;
    if (--depth_ == 0) return;
    Element& element = tree_.elements[open_.back()];
    open_.pop_back();
    element.next = static_cast<std::uint32_t>(tree_.elements.size());
    if (element.close != 0) {
      element.end = element.tag_end;
    } else {
      // The cursor stands behind the end tag.
      const std::size_t cursor = here();
      const std::size_t size = known(name).size + 3;
      std::size_t close = prefix == nullptr && cursor >= size ? cursor - size : cursor;
      if (close == cursor || text_[close] != '<') close = text_.rfind('<', cursor - 1);
      element.close = static_cast<std::uint32_t>(close - record_begin_);
      element.end = static_cast<std::uint32_t>(cursor - record_begin_);
    }
    last_event_ = record_begin_ + element.end;
    if (depth_ == 1) deliver(element.end);
  }

  /// Ends what is open behind the text that follows the last sound tag.
  void deliver_rest() {
    if (open_.empty()) return;
    const std::size_t end = std::min(text_.find('<', last_event_), text_.size());
    const auto behind = static_cast<std::uint32_t>(end - record_begin_);
    for (const std::uint32_t at : open_) {
      Element& element = tree_.elements[at];
      element.close = element.end = std::max(behind, element.tag_end);
      element.next = static_cast<std::uint32_t>(tree_.elements.size());
    }
    tree_.partial = true;
    deliver(static_cast<std::uint32_t>(text_.size() - record_begin_));
    tree_.partial = false;
  }

  void deliver(std::uint32_t size) {
    tree_.source = source_.substr(record_begin_, size);
    tree_.well_formed = text_.substr(record_begin_, size);
    tree_.offset = offset_ + record_begin_;
    tree_.mended = source_.data() != text_.data();
    try {
      done_ = !sink_->tree(tree_);
    } catch (...) {
      // No exception may pass through libxml2's frames.
      exception_ = std::current_exception();
      done_ = true;
    }
  }

  void error(const xmlError& error) {
    if (error.level == XML_ERR_FATAL && parsed_.well_formed && !done_)
      refuse(error.message == nullptr ? "not well-formed" : error.message, here());
  }

  void refuse(std::string_view message, std::size_t place) {
    while (!message.empty() && is_space(message.back())) message.remove_suffix(1);
    parsed_.well_formed = false;
    parsed_.message = message;
    parsed_.place = place;
  }

  static constexpr std::size_t kNameSlots = 1024;

  const LibXml2& libxml2_ = libxml2();
  std::unique_ptr<xmlParserCtxt, ContextDeleter> context_;
  std::array<KnownName, kNameSlots> names_{};

  std::string_view text_;
  std::string_view source_;
  std::uint64_t offset_ = 0;
  TreeSink* sink_ = nullptr;
  Parsed parsed_;
  Tree tree_;
  std::vector<std::uint32_t> open_;
  std::size_t depth_ = 0;
  std::size_t record_begin_ = 0;
  std::size_t last_event_ = 0;  // behind the last sound tag
  bool done_ = false;
  std::exception_ptr exception_;
};

Parser::Parser() = default;
Parser::~Parser() = default;

Parsed Parser::parse(std::string_view text, std::string_view source, std::uint64_t offset, TreeSink& sink, Rest rest) {
  if (work_ == nullptr) work_ = std::make_unique<Work>();
  return work_->parse(text, source, offset, sink, rest);
}

}  // namespace bibmill::pubmed
