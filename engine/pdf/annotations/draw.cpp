#include "engine/pdf/annotations/draw.h"

#include "engine/pdf/annotations/appearances.h"

namespace ode::pdf {

void draw_annotations(ContentInterpreter& page, int page_index) {
  Session& session = page.session;
  for (const Appearance& appearance : page_appearances(session.context, page_index)) {
    if (session.stopped()) return;
    if (is_cancelled(session.context.cancel)) return session.stop(ErrorKind::cancelled, "cancelled");
    const OptionalScope layer(page, appearance.optional_content);
    if (!layer.drawn()) continue;
    session.cut_text = appearance.widget;  // a field scrolls; other annotations say what they hold
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

}  // namespace ode::pdf
