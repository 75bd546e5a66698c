// Form XObjects and transparency groups: ISO 32000-2, 8.10 and 11.6.6.
#include "engine/pdf/content/interpreter.h"
#include "engine/pdf/objects/object_streams.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/stream_bytes.h"

namespace ode::pdf {

Result<std::shared_ptr<const Form>> load_form(Session& session, const Object& stream, Ref ref) {
  auto form = std::make_shared<Form>();
  form->ref = ref;
  form->content = ODE_TRY(read_all(session.context, stream, std::max(ref.num, 0)));
  form->matrix = matrix_of(entry(stream, "Matrix"));
  form->bbox = rect_of(entry(stream, "BBox"));
  form->resources = entry(stream, "Resources");
  form->optional_content = raw_entry(stream, "OC");
  const Object group = entry(stream, "Group");
  if (name_of(entry(group, "S")) == "Transparency") {
    form->group = true;
    form->isolated = is_true(entry(group, "I"));
    form->knockout = is_true(entry(group, "K"));
    form->color_space = raw_entry(group, "CS");
  }
  session.cache.forms.insert(form);
  return std::shared_ptr<const Form>(std::move(form));
}

ResourceFrame& frame_for(Session& session, const Object& resources, Ref owner, ResourceFrame& outer) {
  if (!resources.isDict()) return outer;
  // Direct objects have no key of their own; the dictionary's address would do, but may be used again. They
  // get a frame for this page each time they are met, which forms as direct objects hardly ever are.
  std::uint64_t key = key_of(owner);
  if (key == 0) key = 0x8000000000000000U + session.frames.size();
  auto& frame = session.frames[{key, &outer}];
  if (frame == nullptr)
    frame = std::make_unique<ResourceFrame>(resources.copy(), &outer, &object_streams(session.context));
  return *frame;
}

void draw_form_contents(ContentInterpreter& in, const Form& form, FormUse use) {
  const Nesting nesting(in.session, form.ref);
  if (!nesting.entered()) return;
  const Matrix page_from_form = in.state.page_from_user * form.matrix;
  ContentInterpreter inner(in.recorder, frame_for(in.session, form.resources, form.ref, in.frame),
                           page_from_form);
  inner.object = std::max(form.ref.num, 0);
  inner.in_form = true;
  inner.hidden = in.hidden;
  inner.colors_fixed = in.colors_fixed;
  inner.state = in.state;
  inner.state.page_from_user = page_from_form;
  if (form.bbox) {
    Path box;
    box.add_rect(*form.bbox);
    intersect_clip(inner, box.transformed(page_from_form), FillRule::nonzero);
  }
  if (!form.group || use == FormUse::whole) return interpret(inner, form.content.view());

  display::PushGroup group;
  group.bounds = inner.state.clip_bounds;
  group.composite = in.state.fill_composite();
  group.isolated = form.isolated;
  group.knockout = form.knockout;
  in.recorder.begin_group(inner.state.clip, group);
  inner.state.clip = Recorder::kUnclipped;
  inner.state.fill_alpha = inner.state.stroke_alpha = 1;
  inner.state.blend = display::BlendMode::normal;
  interpret(inner, form.content.view());
  in.recorder.end_group();
}

void draw_form(ContentInterpreter& in, const Form& form) {
  if (in.hidden > 0) return;
  const OptionalScope layer(in, form.optional_content);
  if (layer.drawn()) draw_form_contents(in, form, FormUse::drawn);
}

}  // namespace ode::pdf
