#include "engine/pdf/document/record.h"

#include "engine/pdf/annotations/draw.h"
#include "engine/pdf/content/page_contents.h"
#include "engine/pdf/objects/object_streams.h"

namespace ode::pdf {

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
