// Transparency groups: ISO 32000-2, 11.4. A group is a layer of its own, opened over its pixels and closed
// onto its parent.
#pragma once

#include "engine/base/result.h"
#include "engine/raster/compose/clip.h"
#include "engine/raster/compose/layer.h"

namespace ode::raster {

/// A layer over `rect` (not empty, within the parent's) for `group`'s elements. The parent must neither move
/// its pixels nor change until it is closed. Errors: limit_exceeded when memory is out.
Result<Layer> open_group(Layer& parent, const IntRect& rect, const display::PushGroup& group,
                         BufferPool& pool);

/// Composites the finished group onto its parent, through the masks in force there.
void close_group(Layer& parent, Layer& group, const MaskView& shape_clip, const MaskView& opacity_clip);

}  // namespace ode::raster
