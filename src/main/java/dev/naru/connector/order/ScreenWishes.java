package dev.naru.connector.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

/**
 * Of how the window is shown.
 *
 * @param popup in a window of its own; null leaves it to the PG
 * @param naverPopup the same at Naver Pay
 * @param asOnPc a phone shows the window of PCs
 */
@JsonInclude(Include.NON_DEFAULT)
public record ScreenWishes(
    @JsonInclude(Include.NON_NULL) @Nullable Boolean popup, boolean naverPopup, boolean asOnPc) {

  static final ScreenWishes NONE = new ScreenWishes(null, false, false);
}
