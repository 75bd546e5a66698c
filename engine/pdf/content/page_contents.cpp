#include "engine/pdf/content/page_contents.h"

#include <algorithm>

#include "engine/pdf/filters/byte_buffer.h"
#include "engine/pdf/objects/page_tree.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/stream_bytes.h"

namespace ode::pdf {
namespace {

// Streams of one page; writers that save incrementally make dozens.
constexpr int kContentStreamsMax = 100'000;

SharedBytes read_or_complain(Context& context, const Object& stream, int object) {
  auto bytes = read_all(context, stream, object);
  if (bytes) return std::move(bytes).value();
  context.complain(bytes.error().kind, bytes.error().message, bytes.error().object);
  return {};
}

// The parts are joined by white space: a token never goes on in the next stream (7.8.2).
SharedBytes join(Context& context, const Object& array) {
  const int count = std::min(element_count(array), kContentStreamsMax);
  if (count == 1) {
    const Object& only = array.arrayGetNF(0);
    return read_or_complain(context, element(array, 0), only.isRef() ? only.getRefNum() : 0);
  }
  ByteBuffer joined;
  for (int i = 0; i < count; ++i) {
    const Object& entry = array.arrayGetNF(i);
    const Object stream = element(array, i);
    if (stream.isNull()) continue;
    const SharedBytes part = read_or_complain(context, stream, entry.isRef() ? entry.getRefNum() : 0);
    if (!joined.append(part.view()) || !joined.push('\n')) {
      context.complain(ErrorKind::limit_exceeded, "no memory for the contents of the page");
      break;
    }
  }
  return std::move(joined).share();
}

}  // namespace

PageContents read_page_contents(Context& context, int page_index) {
  PageContents out;
  const PageNode* page = page_tree(context).find(page_index);
  if (page == nullptr) return out;
  const Object contents = entry(page->dictionary, "Contents");
  const Ref ref = entry_ref(page->dictionary, "Contents");
  if (contents.isStream()) out.content = read_or_complain(context, contents, std::max(ref.num, 0));
  if (contents.isArray()) out.content = join(context, contents);
  out.resources = page->resources.copy();
  return out;
}

}  // namespace ode::pdf
