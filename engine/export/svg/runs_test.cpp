// Runs of paths, merged without changing what they draw.
#include "engine/export/svg/runs.h"

#include <gtest/gtest.h>

namespace ode::exporter {
namespace {

TEST(SvgRuns, opaque_strokes_of_one_style_become_one_path) {
  const std::string line = "<path fill=\"none\" stroke=\"#000\" d=\"M1 1h2\"/>";
  EXPECT_EQ(merge_runs("<g>" + line + line + line + "</g>"), "<g><path fill=\"none\" stroke=\"#000\" d=\"M1 1h2M1 1h2M1 1h2\"/></g>");
}

TEST(SvgRuns, fills_share_their_attributes_but_stay_paths) {
  const std::string box = "<path fill=\"#fff\" fill-rule=\"evenodd\" d=\"M0 0h1v1z\"/>";
  EXPECT_EQ(merge_runs(box + box + box),
            "<g fill=\"#fff\" fill-rule=\"evenodd\"><path d=\"M0 0h1v1z\"/><path d=\"M0 0h1v1z\"/><path d=\"M0 0h1v1z\"/></g>");
}

TEST(SvgRuns, what_is_transparent_blends_or_is_seldom_stays_as_it_is) {
  for (const char* attributes : {" fill=\"#fff\" opacity=\".5\"", " fill=\"#fff\" style=\"mix-blend-mode:screen\""}) {
    const std::string path = std::string("<path") + attributes + " d=\"M0 0h1v1z\"/>", body = path + path + path;
    EXPECT_EQ(merge_runs(body), body);
  }
  const std::string translucent = "<path fill=\"none\" stroke=\"#000\" stroke-opacity=\".5\" d=\"M1 1h2\"/>";
  EXPECT_EQ(merge_runs(translucent + translucent + translucent),
            "<g fill=\"none\" stroke=\"#000\" stroke-opacity=\".5\"><path d=\"M1 1h2\"/><path d=\"M1 1h2\"/><path d=\"M1 1h2\"/></g>");
  const std::string two = "<path fill=\"#000\" d=\"M0 0\"/><path fill=\"#000\" d=\"M1 0\"/><path fill=\"#fff\" d=\"M0 0\"/><use href=\"#a\"/>";
  EXPECT_EQ(merge_runs(two), two);
}

}  // namespace
}  // namespace ode::exporter
