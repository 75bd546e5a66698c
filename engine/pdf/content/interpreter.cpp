#include "engine/pdf/content/interpreter.h"

#include <algorithm>

#include "engine/pdf/annotations/appearances.h"
#include "engine/pdf/content/operators.h"
#include "engine/pdf/content/page_contents.h"
#include "engine/pdf/document/document.h"
#include "engine/pdf/objects/object_streams.h"

namespace ode::pdf {
namespace {

constexpr int kOperatorsPerPoll = 256;

bool all_numbers(std::span<const Operand> operands) {
  return std::all_of(operands.begin(), operands.end(), [](const Operand& o) { return o.is_number(); });
}

void unknown_operator(ContentInterpreter& in, std::string_view name) {
  if (in.compatibility > 0) return;
  std::string shown;
  for (char c : name.substr(0, 16)) shown.push_back(c >= 0x20 && c < 0x7f ? c : '?');
  in.complain(ErrorKind::malformed, "unknown operator " + shown);
}

void dispatch(ContentInterpreter& in, Tokenizer& tokenizer) {
  const Operator* known = find_operator(tokenizer.name());
  if (known == nullptr) return unknown_operator(in, tokenizer.name());
  if (known->paints && in.session.text_only) return;
  std::span<const Operand> operands = tokenizer.operands();
  if (known->kind != Operator::Operands::any) {
    // Too few operands: the operator is ignored. Too many: the last ones count. So do other readers.
    const bool enough = operands.size() >= known->count;
    if (enough) operands = operands.last(known->count);
    if (!enough || (known->kind == Operator::Operands::numbers && !all_numbers(operands))) {
      return in.complain(ErrorKind::malformed, "bad operands of " + std::string(known->name));
    }
  }
  known->handler(in, Operation{operands, tokenizer});
}

// Annotations are drawn one by one in states of their own (12.5.5).
void draw_annotations(ContentInterpreter& page, int page_index) {
  Session& session = page.session;
  for (const Appearance& appearance : page_appearances(session.context, page_index)) {
    if (session.stopped()) return;
    if (is_cancelled(session.context.cancel)) return session.stop(ErrorKind::cancelled, "cancelled");
    const OptionalScope layer(page, appearance.optional_content);
    if (!layer.drawn()) continue;
    std::shared_ptr<const Form> form = session.cache.forms.find(appearance.ref);
    if (form == nullptr) {
      auto loaded = load_form(session, appearance.form, appearance.ref);
      if (!loaded) {
        session.complain(loaded.error());
        continue;
      }
      form = std::move(loaded).value();
    }
    ContentInterpreter holder(page.recorder, page.frame, page.page_from_content);
    holder.state = initial_state(page.page_from_content * appearance.user_from_form, page.state.clip_bounds);
    holder.state.blend = appearance.blend;
    draw_form(holder, *form);
  }
}

}  // namespace

void interpret(ContentInterpreter& in, ByteView content) {
  Session& session = in.session;
  Tokenizer tokenizer(content, session.context.xref());
  for (int since_poll = 0; !session.stopped() && tokenizer.next_operator(); ++since_poll) {
    session.charge(session.context.budget.operators, 1, "operators");
    if (since_poll >= kOperatorsPerPoll) {
      since_poll = 0;
      if (is_cancelled(session.context.cancel)) session.stop(ErrorKind::cancelled, "cancelled");
    }
    if (tokenizer.take_overflow())
      in.complain(ErrorKind::limit_exceeded, "too many operands of one operator");
    dispatch(in, tokenizer);
  }
  while (!in.marked.empty()) end_marked_span(in);
}

Result<std::shared_ptr<const display::DisplayList>> record(Context& context, int page_index,
                                                           const Matrix& page_from_user,
                                                           const Rect& page_bounds,
                                                           const RecordOptions& options) {
  if (context.recording == nullptr) context.recording = std::make_shared<RecordingCache>();
  Session session(context);
  Recorder recorder(session);
  session.text_only = options.purpose == RecordPurpose::text;
  if (options.layers == LayerChoice::all) session.layered = &recorder;
  PageContents contents = read_page_contents(context, page_index);
  ResourceFrame frame(std::move(contents.resources), nullptr, &object_streams(context));
  {
    ContentInterpreter page(recorder, frame, page_from_user);
    page.state = initial_state(page_from_user, page_bounds);
    interpret(page, contents.content.view());
    page.state.clip_bounds = page_bounds;
    if (options.annotations && !session.stopped()) draw_annotations(page, page_index);
  }
  if (session.stopped()) return *session.failure;
  Diagnostics diagnostics;
  if (context.diagnostics != nullptr) diagnostics = *context.diagnostics;
  return recorder.finish(page_bounds, std::move(diagnostics), session.text_only ? display::GlyphBounds::estimated : display::GlyphBounds::exact);
}

}  // namespace ode::pdf
