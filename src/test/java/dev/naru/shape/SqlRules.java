package dev.naru.shape;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What SQL in our code must obey: time and chance are parameters, and every use of a merchant's
 * table names its merchant.
 */
record SqlRules(Set<String> merchantTables) {

  private static final Pattern TABLE =
      Pattern.compile("create table (?:if not exists )?(\\w+) \\((.*?)\\n\\)", Pattern.DOTALL);
  private static final Pattern KEY = Pattern.compile("primary key \\(merchant_id\\b");
  private static final Pattern SQL =
      Pattern.compile("^\\s*(select|insert|update|delete|with|merge)\\b");
  private static final Pattern USE = Pattern.compile("\\b(?:from|join|update|into)\\s+(\\w+)");
  private static final Pattern OWN_TIME =
      Pattern.compile(
          "\\b(now\\s*\\(|current_timestamp|current_date|clock_timestamp|random\\s*\\(|"
              + "gen_random_uuid)");

  /** What time it is there, asked for to compare clocks and for nothing else. */
  private static final String COMPARED = "select clock_timestamp()";

  /** The tables whose primary key begins with merchant_id and goes on: rows of a merchant. */
  static Set<String> merchantTables(Collection<String> migrations) {
    Set<String> tables = new TreeSet<>();
    for (String migration : migrations) {
      Matcher table = TABLE.matcher(migration.toLowerCase(Locale.ROOT));
      while (table.find()) {
        if (KEY.matcher(table.group(2)).find()) {
          tables.add(table.group(1));
        }
      }
    }
    return tables;
  }

  /** What is wrong with this text, nothing if it is no SQL. */
  List<String> problems(String file, String text) {
    String sql = text.toLowerCase(Locale.ROOT);
    if (!SQL.matcher(sql).find()) {
      return List.of();
    }
    List<String> problems = new ArrayList<>();
    String start = sql.strip().lines().findFirst().orElse("");
    if (!sql.equals(COMPARED) && OWN_TIME.matcher(sql).find()) {
      problems.add(file + ": time and chance are parameters of SQL: " + start);
    }
    long uses = USE.matcher(sql).results().filter(use -> isOfMerchant(use.group(1))).count();
    long named = Pattern.compile("\\bmerchant_id\\b").matcher(sql).results().count();
    if (named < uses) {
      problems.add(
          file
              + ": names merchant_id %d times for %d uses of merchants' tables: %s"
                  .formatted(named, uses, start));
    }
    return problems;
  }

  private boolean isOfMerchant(String table) {
    return merchantTables.contains(table);
  }
}
