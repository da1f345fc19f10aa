package dev.naru.shape;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** One source file, parsed by javac: its sizes and its literals. */
final class Tidy {

  /** Without imports, which say where a package ends, and not how long a file is. */
  private static final int FILE_LINES = 290;

  private static final int GATEWAY_LINES = 430;
  private static final int METHOD_LINES = 45;
  private static final int PARAMETERS = 5;
  private static final Pattern FOR_LATER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b");
  private static final Pattern GATEWAY = Pattern.compile(".*dev/naru/(pg|simulator)/.*");
  private static final Pattern MAY_PRINT = Pattern.compile(".*dev/naru/(start|simulator)/.*");

  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  /** Shared, because opening the JDK's own classes costs more than parsing a file. */
  private static final StandardJavaFileManager FILES =
      COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8);

  private record Size(String what, int size, int limit) {}

  private final String file;
  private final String source;
  private final List<Size> sizes = new ArrayList<>();
  private final List<String> strings = new ArrayList<>();

  private Tidy(String file, String source) {
    this.file = file.replace('\\', '/');
    this.source = source;
  }

  static Tidy of(String file, String source) {
    Tidy tidy = new Tidy(file, source);
    tidy.parse();
    return tidy;
  }

  /** The strings of the file, put together where they are concatenated. */
  List<String> strings() {
    return List.copyOf(strings);
  }

  /**
   * @param allowed how much each thing over its limit may have
   */
  List<String> problems(Map<String, Integer> allowed) {
    List<String> problems = new ArrayList<>(forLater(file, source));
    for (Size size : sizes) {
      int limit = allowed.getOrDefault(size.what(), size.limit());
      if (size.size() > limit) {
        problems.add(size.what() + " has " + size.size() + ", allowed are " + limit);
      }
    }
    if (source.contains("System.out") && !MAY_PRINT.matcher(file).matches()) {
      problems.add(file + " prints: use a logger");
    }
    return problems;
  }

  /** What is larger than the limit for all, allowed or not. */
  List<String> overLimit() {
    return sizes.stream().filter(size -> size.size() > size.limit()).map(Size::what).toList();
  }

  static List<String> forLater(String file, String source) {
    return FOR_LATER
        .matcher(source)
        .results()
        .map(found -> file + " leaves for later: " + found.group())
        .toList();
  }

  private void parse() {
    int limit = GATEWAY.matcher(file).matches() ? GATEWAY_LINES : FILE_LINES;
    long lines = source.lines().filter(line -> !line.startsWith("import ")).count();
    sizes.add(new Size(file + " lines", (int) lines, limit));
    JavacTask task = task(source);
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    CompilationUnitTree unit = parsed(task);
    new Scanner(unit, positions, constants(unit)).scan(unit, null);
  }

  /** A source file as a tree. */
  static CompilationUnitTree parsed(String source) {
    return parsed(task(source));
  }

  private static CompilationUnitTree parsed(JavacTask task) {
    try {
      return task.parse().iterator().next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JavacTask task(String source) {
    return (JavacTask)
        COMPILER.getTask(null, FILES, diagnostic -> {}, null, null, List.of(new Text(source)));
  }

  /** The initial values of the constants, by their names. */
  private static Map<String, ExpressionTree> constants(CompilationUnitTree unit) {
    Map<String, ExpressionTree> constants = new HashMap<>();
    new TreeScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitVariable(VariableTree tree, @Nullable Void unused) {
        String name = tree.getName().toString();
        if (tree.getInitializer() != null && name.matches("[A-Z][A-Z0-9_]*")) {
          constants.put(name, tree.getInitializer());
        }
        return super.visitVariable(tree, null);
      }
    }.scan(unit, null);
    return constants;
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String source;

    Text(String source) {
      super(URI.create("string:///Source.java"), Kind.SOURCE);
      this.source = source;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return source;
    }
  }

  private final class Scanner extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final Map<String, ExpressionTree> constants;
    private String type = "";

    Scanner(
        CompilationUnitTree unit,
        SourcePositions positions,
        Map<String, ExpressionTree> constants) {
      this.unit = unit;
      this.positions = positions;
      this.constants = constants;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
      String outer = type;
      boolean record = tree.getKind() == Tree.Kind.RECORD;
      type = tree.getSimpleName() + (record ? "(record)" : "");
      super.visitClass(tree, null);
      type = outer;
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, @Nullable Void unused) {
      String name = file + " " + type + "." + tree.getName();
      long first = line(positions.getStartPosition(unit, tree));
      long last = line(positions.getEndPosition(unit, tree));
      sizes.add(new Size(name + " lines", (int) (last - first + 1), METHOD_LINES));
      boolean constructor = tree.getReturnType() == null;
      // Spring's beans list what they need in their constructors, records what they are.
      if (!constructor) {
        sizes.add(new Size(name + " parameters", tree.getParameters().size(), PARAMETERS));
      }
      return super.visitMethod(tree, null);
    }

    @Override
    public @Nullable Void visitBinary(BinaryTree tree, @Nullable Void unused) {
      if (tree.getKind() == Tree.Kind.PLUS) {
        strings.add(text(tree));
        return null;
      }
      return super.visitBinary(tree, null);
    }

    @Override
    public @Nullable Void visitLiteral(LiteralTree tree, @Nullable Void unused) {
      if (tree.getValue() instanceof String text) {
        strings.add(text);
      }
      return super.visitLiteral(tree, null);
    }

    /** A concatenation as far as this file tells it; the rest is left out, but looked into. */
    private String text(ExpressionTree tree) {
      return switch (tree) {
        case BinaryTree sum -> text(sum.getLeftOperand()) + text(sum.getRightOperand());
        case LiteralTree literal -> String.valueOf(literal.getValue());
        case ParenthesizedTree inner -> text(inner.getExpression());
        case IdentifierTree name when constants.get(name.getName().toString()) != null ->
            text(Objects.requireNonNull(constants.get(name.getName().toString())));
        default -> {
          scan(tree, null);
          yield " ";
        }
      };
    }

    private long line(long position) {
      return unit.getLineMap().getLineNumber(position);
    }
  }
}
