package dev.naru.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.api.wire.ErrorsApi;
import dev.naru.testing.Hub;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every path of the API under every method it does not have. */
class WrongMethodTest {

  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH");
  private static final byte[] NONE = {};

  private static Map<RequestMappingInfo, HandlerMethod> mappings() {
    Map<RequestMappingInfo, HandlerMethod> all = new HashMap<>();
    for (HandlerMapping each :
        Objects.requireNonNull(Hub.shared().bean(DispatcherServlet.class).getHandlerMappings())) {
      if (each instanceof RequestMappingHandlerMapping ours) {
        all.putAll(ours.getHandlerMethods());
      }
    }
    return all;
  }

  @Test
  void isRefusedAsSuch() {
    Map<String, Set<String>> methods = new TreeMap<>();
    mappings()
        .forEach(
            (mapping, method) -> {
              boolean ofApi = method.getBeanType().getPackageName().startsWith("dev.naru.api");
              if (ofApi && method.getBeanType() != ErrorsApi.class) {
                mapping
                    .getPatternValues()
                    .forEach(
                        path ->
                            mapping
                                .getMethodsCondition()
                                .getMethods()
                                .forEach(
                                    one ->
                                        methods
                                            .computeIfAbsent(path, any -> new TreeSet<>())
                                            .add(one.name())));
              }
            });
    assertThat(methods).hasSizeGreaterThan(35).containsKey("/payments/cancel");
    String token = Shop.bare().api().token();
    methods.forEach(
        (path, allowed) -> {
          for (String method : METHODS) {
            // What is read may be asked for by POST, as the clients of V1's first years do.
            boolean read = method.equals("POST") && allowed.contains("GET");
            if (!allowed.contains(method) && !read) {
              String real = path.replaceAll("\\{[^}]*}", "zz");
              Wire.Got got = Wire.send(method, real, Map.of("Authorization", token), NONE);
              assertThat(got.status()).as(method + " " + real + ": " + got.text()).isEqualTo(405);
              Wire.refused(got, 405);
            }
          }
        });
  }

  @Test
  void aWordThatIsNoPathIsAnId() {
    Shop shop = Shop.bare();
    Wire.refused(shop.api().get("/payments/cancelled"), 404, -1);
    Wire.refused(shop.api().get("/subscribe/payments/schedule/customers"), 404, -1);
  }
}
