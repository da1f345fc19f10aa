package dev.naru.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.naru.testing.Hub;
import dev.naru.testing.NeedsNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SDK's types as they are served, and programs that are written for others. */
@NeedsNode
class SdkTypesTest {

  @TempDir static Path folder;
  private static String types = "";

  @BeforeAll
  static void download() throws IOException, InterruptedException {
    NodeClients.install();
    HttpResponse<String> served =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(Hub.shared().url() + "/v1/iamport.d.ts")).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(served.statusCode()).isEqualTo(200);
    assertThat(served.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/typescript"));
    types = Files.writeString(folder.resolve("iamport.d.ts"), served.body()).toString();
  }

  @Test
  void aProgramForTheNpmTypesCompilesWithThose() {
    assertThat(complaints("typed-shop.ts", "-", "iamport-typings")).isEqualTo("[]");
  }

  @Test
  void theSameProgramCompilesWithOurs() {
    assertThat(complaints("typed-shop.ts", types, "iamport-typings")).isEqualTo("[]");
  }

  @Test
  void everyFunctionHasItsType() {
    assertThat(complaints("typed-sdk.ts", types, "naru-sdk")).isEqualTo("[]");
  }

  private static String complaints(String program, String declarations, String module) {
    return NodeClients.run("types.js", program, declarations, module).toString();
  }
}
