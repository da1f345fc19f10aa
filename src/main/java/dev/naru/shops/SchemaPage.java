package dev.naru.shops;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Hands out the schema by which editors check a shop file. */
@RestController
class SchemaPage {

  @GetMapping("/docs/shops.schema.json")
  ResponseEntity<Resource> schema() {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_JSON)
        .body(new ClassPathResource("shops/shops.schema.json"));
  }
}
