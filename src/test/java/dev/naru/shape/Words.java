package dev.naru.shape;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The words of one source file: its own, and those that it takes out of the bundles. */
final class Words {

  private static final Pattern KOREAN = Pattern.compile("\\p{IsHangul}");

  /**
   * A constant that a source names, with the arguments it is given for the places of its text.
   *
   * @param constant with its enum's full name before it
   */
  record Use(String constant, int arguments) {}

  private final Set<String> constants;
  private final List<String> korean = new ArrayList<>();
  private final List<Use> uses = new ArrayList<>();
  private final Map<String, String> types = new HashMap<>();
  private final Set<Tree> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private String home = "";

  private Words(Set<String> constants) {
    this.constants = constants;
  }

  /**
   * @param constants all that have texts, with their enums' full names before them
   */
  static Words of(String source, Set<String> constants) {
    Words words = new Words(constants);
    CompilationUnitTree unit = Tidy.parsed(source);
    words.home = unit.getPackageName() + ".";
    unit.getImports().forEach(words::imported);
    words.new Scanner().scan(unit, null);
    return words;
  }

  /** The strings in which there is Korean. */
  List<String> korean() {
    return korean;
  }

  List<Use> uses() {
    return uses;
  }

  private void imported(ImportTree one) {
    String name = one.getQualifiedIdentifier().toString();
    types.put(name.substring(name.lastIndexOf('.') + 1), name);
  }

  private final class Scanner extends TreeScanner<@Nullable Void, @Nullable Void> {

    @Override
    public @Nullable Void visitLiteral(LiteralTree tree, @Nullable Void unused) {
      if (tree.getValue() instanceof String text && KOREAN.matcher(text).find()) {
        korean.add(text);
      }
      return super.visitLiteral(tree, null);
    }

    @Override
    public @Nullable Void visitImport(ImportTree tree, @Nullable Void unused) {
      return null;
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void unused) {
      if (tree.getMethodSelect() instanceof MemberSelectTree select
          && select.getIdentifier().contentEquals("with")) {
        use(select.getExpression(), tree.getArguments().size());
      }
      given(tree.getArguments());
      return super.visitMethodInvocation(tree, null);
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void unused) {
      given(tree.getArguments());
      return super.visitNewClass(tree, null);
    }

    /** What stands behind a constant is for its places. */
    private void given(List<? extends ExpressionTree> arguments) {
      for (int i = 0; i < arguments.size(); i++) {
        if (use(arguments.get(i), arguments.size() - i - 1)) {
          arguments.forEach(rest -> use(rest, 0));
          return;
        }
      }
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void unused) {
      use(tree, 0);
      return super.visitMemberSelect(tree, null);
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
      use(tree, 0);
      return super.visitIdentifier(tree, null);
    }

    private boolean use(ExpressionTree tree, int arguments) {
      List<Use> found =
          named(tree)
              .filter(one -> constants.contains(one.getValue()))
              .filter(one -> seen.add(one.getKey()))
              .map(one -> new Use(one.getValue(), arguments))
              .toList();
      uses.addAll(found);
      return !found.isEmpty();
    }

    private Stream<Map.Entry<Tree, String>> named(ExpressionTree tree) {
      return switch (tree) {
        case ConditionalExpressionTree either ->
            Stream.concat(named(either.getTrueExpression()), named(either.getFalseExpression()));
        case ParenthesizedTree inner -> named(inner.getExpression());
        case MemberSelectTree select when select.getExpression() instanceof IdentifierTree type ->
            Stream.of(
                Map.entry(
                    tree,
                    types.getOrDefault(type.getName().toString(), home + type.getName())
                        + "."
                        + select.getIdentifier()));
        case IdentifierTree name when types.containsKey(name.getName().toString()) ->
            Stream.of(Map.entry(tree, types.get(name.getName().toString())));
        default -> Stream.empty();
      };
    }
  }
}
