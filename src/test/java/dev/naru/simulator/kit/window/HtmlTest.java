package dev.naru.simulator.kit.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.naru.testing.Apart;
import java.util.List;
import org.junit.jupiter.api.Test;

@Apart
class HtmlTest {

  @Test
  void what_is_not_markup_is_text() {
    Html bold = Html.of("<b>{}</b>", "<script>alert('1')</script> & \"$1\\\"");

    assertThat(bold.markup())
        .isEqualTo("<b>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;$1\\&quot;</b>");
    assertThat(Html.of("<p>{}{}</p>", List.of(bold, "<i>"), 7).markup())
        .isEqualTo("<p>" + bold.markup() + "&lt;i&gt;7</p>");
  }

  @Test
  void a_value_is_no_template() {
    assertThat(Html.of("{}-{}", "{}", "a").markup()).isEqualTo("{}-a");
  }

  @Test
  void as_many_values_as_holes() {
    assertThatThrownBy(() -> Html.of("{}{}", "a")).hasMessageContaining("too few");
    assertThatThrownBy(() -> Html.of("{}", "a", "b")).hasMessageContaining("too many");
  }
}
