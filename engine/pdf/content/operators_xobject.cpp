// Do, inline images and sh: ISO 32000-2, 8.8, 8.9.7 and 8.7.4.2.
#include "engine/pdf/content/operators.h"
#include "engine/pdf/images/image.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/shadings/shading.h"

namespace ode::pdf {
namespace {

void draw_image(ContentInterpreter& in, const std::shared_ptr<const images::ImageSource>& image) {
  if (in.session.text_only) return;
  const bool stencil = image->role == images::ImageRole::stencil;
  if (!stencil) ++in.session.color_operators;
  const GraphicsState& state = in.state;
  if (stencil && !state.fill.paints) return;
  display::DrawImage draw{in.recorder.add_image(image), state.page_from_user, {}, state.fill_composite(), {}};
  if (stencil) draw.paint = state.fill.paint;
  in.recorder.draw(image->has_soft_mask ? in.recorder.without_mask(state.clip) : state.clip, draw);
}

void draw_image_object(ContentInterpreter& in, const Object& stream, Ref ref) {
  if (in.session.text_only) return;
  const Object& layer = raw_entry(stream, "OC");
  if (ref.num >= 0 && !layer.isNull()) in.session.cache.image_layers.emplace(key_of(ref), layer.copy());
  const OptionalScope scope(in, layer);
  if (!scope.drawn()) return;
  auto image = load_image(in.session.context, stream, ref, &in.frame.resources);
  if (!image) return in.session.complain(image.error());
  draw_image(in, *image);
}

void draw_form_object(ContentInterpreter& in, const Object& stream, Ref ref) {
  auto form = load_form(in.session, stream, ref);
  if (!form) return in.session.complain(form.error());
  draw_form(in, **form);
}

// What was met before is not fetched again: poppler would parse it each time. True when it was drawn.
bool draw_known(ContentInterpreter& in, Ref ref) {
  if (ref.num < 0) return false;
  if (const auto form = in.session.cache.forms.find(ref)) {
    draw_form(in, *form);
    return true;
  }
  const auto& images = in.session.context.images;
  const auto image = images.find(key_of(ref));
  if (image == images.end()) return false;
  const auto layer = in.session.cache.image_layers.find(key_of(ref));
  const OptionalScope scope(in, layer == in.session.cache.image_layers.end() ? Object(objNull) : layer->second.copy());
  if (scope.drawn()) draw_image(in, std::shared_ptr(image->second));
  return true;
}

}  // namespace

void op_xobject(ContentInterpreter& in, const Operation& op) {
  if (!op[0].is_name()) return in.complain(ErrorKind::malformed, "Do of something that is no name");
  if (in.hidden > 0) return;
  const std::string name(op[0].text());
  if (draw_known(in, in.frame.resources.find_ref("XObject", name.c_str()))) return;
  const Resources::Found found = in.frame.resources.find("XObject", name.c_str());
  if (!found.object.isStream()) return in.complain(ErrorKind::malformed, "no XObject is named " + name);
  const std::string subtype = name_of(entry(found.object, "Subtype"));
  if (subtype == "Image") return draw_image_object(in, found.object, found.ref);
  if (subtype == "Form") return draw_form_object(in, found.object, found.ref);
  if (subtype == "PS") return;  // 8.8.2: PostScript XObjects draw nothing on a screen
  in.complain(ErrorKind::malformed, "an XObject of an unknown kind");
}

void op_inline_image(ContentInterpreter& in, const Operation& op) {
  Context& context = in.session.context;
  Object dictionary = op.tokenizer.read_inline_dictionary();
  const ByteView rest = op.tokenizer.rest();
  const std::size_t length =
      std::min(inline_image_length(context, *dictionary.getDict(), rest, &in.frame.resources), rest.size());
  op.tokenizer.skip_inline_data(length);
  if (in.hidden > 0 || in.session.text_only) return;
  // The bytes outlive the content stream: the image is decoded when the page is drawn.
  SharedBytes raw(ByteVector(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(length)));
  auto image = load_inline_image(context, std::move(dictionary), std::move(raw), &in.frame.resources);
  if (!image) return in.session.complain(image.error());
  draw_image(in, *image);
}

void op_shading(ContentInterpreter& in, const Operation& op) {
  if (!op[0].is_name()) return in.complain(ErrorKind::malformed, "sh of something that is no name");
  ++in.session.color_operators;
  if (in.hidden > 0 || in.colors_fixed || in.state.clip_bounds.empty()) return;
  const std::string name(op[0].text());
  const Resources::Found found = in.frame.resources.find("Shading", name.c_str());
  auto shading = load_shading(in.session.context, found.object, found.ref, in.state.page_from_user, false,
                              &in.frame.resources);
  if (!shading) return in.session.complain(shading.error());
  Path everything;
  everything.add_rect(in.state.clip_bounds);
  const display::Paint paint{
      display::Paint::Kind::shading, {}, in.recorder.add_shading(std::move(shading).value())};
  in.recorder.draw(
      in.state.clip,
      display::FillPath{
          in.recorder.add_path(everything), FillRule::nonzero, paint, in.state.fill_composite(), {}});
}

}  // namespace ode::pdf
