package dev.naru.sandbox;

import dev.naru.attention.Attention;
import dev.naru.attention.MatterView;
import dev.naru.attention.Place;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Conditional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What needs a person, newest first, for whoever tries the hub out. */
@RestController
@Conditional(SandboxOnly.class)
class AttentionApi {

  private static final int MOST = 500;

  private final Attention attention;

  AttentionApi(Attention attention) {
    this.attention = attention;
  }

  @GetMapping("/sandbox/attention")
  List<MatterView> list(@RequestParam @Nullable String after) {
    return attention
        .open(Optional.ofNullable(after).flatMap(Place::of).orElse(Place.START), MOST)
        .stream()
        .map(MatterView::of)
        .toList();
  }
}
