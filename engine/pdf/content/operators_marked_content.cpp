// Marked content, optional content and compatibility sections: ISO 32000-2, 14.6, 8.11.3 and 7.8.2.
#include "engine/pdf/content/operators.h"
#include "engine/pdf/objects/language_tag.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/text_string.h"

namespace ode::pdf {
namespace {

// BMC without EMC; the spans past it still count, but are not written.
constexpr std::size_t kMarkedDepthMax = 512;

/// Index of the entry's visibility where all layers are recorded and it depends on any, else -1.
int visibility_of(ContentInterpreter& in, const Object& optional_content) {
  if (in.session.layered != &in.recorder) return -1;
  const auto condition = in.session.optional_content.condition(optional_content);
  return condition ? in.recorder.add_visibility(*condition) : -1;
}

/// Of a span that begins here.
void read_layer(ContentInterpreter& in, const Object& optional_content, display::MarkedContent& content, MarkedSpan& span) {
  if (in.marked.size() < kMarkedDepthMax) content.visibility = visibility_of(in, optional_content);
  span.hidden = content.visibility < 0 && !layer_visible(in, optional_content);
}

void begin_span(ContentInterpreter& in, display::MarkedContent content, MarkedSpan span) {
  if (span.hidden) ++in.hidden;
  if (in.hidden == 0 && in.marked.size() < kMarkedDepthMax) {
    span.start = in.recorder.begin_marked(std::move(content));
    span.written = true;
  }
  in.marked.push_back(span);
}

/// Properties may be shared by any number of spans, so their text is counted over the page. "" past the
/// limit.
std::u32string counted_text(ContentInterpreter& in, const Object& string) {
  std::u32string text = u32_from_object(string);
  std::int64_t& left = in.session.context.budget.marked_text;
  if (left < 0) return {};
  left -= static_cast<std::int64_t>(text.size());
  if (left >= 0) return text;
  in.complain(ErrorKind::limit_exceeded, "too much text in marked content");
  return {};
}

void read_properties(ContentInterpreter& in, const Object& properties, display::MarkedContent& content) {
  // 14.7.5.2.3: what is numbered in a form XObject is another sequence than the page's.
  if (!in.in_form) content.mcid = int_or(entry(properties, "MCID"), -1);
  if (const Object actual = entry(properties, "ActualText"); actual.isString()) {
    content.actual_text = counted_text(in, actual);
    content.has_actual_text = in.session.context.budget.marked_text >= 0;
  }
  content.alternate_text = counted_text(in, entry(properties, "Alt"));
  content.language = language_tag(utf8_from_object(entry(properties, "Lang")));
}

std::string tag_of(const Operation& op) {
  return op.size() > 0 && op[0].is_name() ? std::string(op[0].text()) : std::string();
}

}  // namespace

bool layer_visible(ContentInterpreter& in, const Object& optional_content) {
  return in.session.optional_content.visible(optional_content);
}

OptionalScope::OptionalScope(ContentInterpreter& in, const Object& optional_content) : in_(in) {
  if (optional_content.isNull()) return;
  const int visibility = visibility_of(in, optional_content);
  drawn_ = visibility >= 0 || layer_visible(in, optional_content);
  if (visibility < 0) return;
  display::MarkedContent content;
  content.tag = "OC";
  content.visibility = visibility;
  in.recorder.begin_marked(std::move(content));
  marked_ = true;
}

OptionalScope::~OptionalScope() {
  if (marked_) in_.recorder.end_marked();
}

void op_begin_marked(ContentInterpreter& in, const Operation& op) {
  display::MarkedContent content;
  content.tag = tag_of(op);
  begin_span(in, std::move(content), {});
}

void op_begin_marked_properties(ContentInterpreter& in, const Operation& op) {
  display::MarkedContent content;
  content.tag = tag_of(op);
  MarkedSpan span;
  const Operand* operand = op.size() > 1 ? &op[1] : nullptr;
  if (operand != nullptr && operand->kind == Operand::Kind::dictionary) {
    const Object& properties = op.tokenizer.dictionary(*operand);
    read_properties(in, properties, content);
    if (content.tag == "OC") read_layer(in, properties, content, span);
  } else if (operand != nullptr && operand->is_name()) {
    const Resources::Found found =
        in.frame.resources.find("Properties", std::string(operand->text()).c_str());
    if (content.tag == "OC") {
      read_layer(in, found.ref.num >= 0 ? Object(found.ref) : found.object.copy(), content, span);
    } else if (found.object.isDict()) {
      read_properties(in, found.object, content);
    }
  }
  begin_span(in, std::move(content), span);
}

void op_end_marked(ContentInterpreter& in, const Operation&) {
  if (in.marked.empty()) return in.complain(ErrorKind::malformed, "EMC without BMC");
  end_marked_span(in);
}

void end_marked_span(ContentInterpreter& in) {
  const MarkedSpan span = in.marked.back();
  in.marked.pop_back();
  if (span.hidden) --in.hidden;
  if (span.written) in.recorder.end_marked(span.start);
}

void op_begin_compatibility(ContentInterpreter& in, const Operation&) { ++in.compatibility; }
void op_end_compatibility(ContentInterpreter& in, const Operation&) {
  if (in.compatibility > 0) --in.compatibility;
}

}  // namespace ode::pdf
