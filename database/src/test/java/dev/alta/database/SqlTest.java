package dev.alta.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Values reach SQL as parameters or by COPY, never as a part of its text: all that is put together
 * with SQL here is known by name.
 */
final class SqlTest {
  private static final Pattern SQL =
      Pattern.compile(
          "^[\\s(]*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|COPY|TRUNCATE|LOCK|SET|WITH|ORDER"
              + "|WHERE|AND|FROM|GROUP|JOIN|VALUES|RETURNING|PARTITION)\\b.*",
          Pattern.DOTALL);

  /**
   * What may stand within SQL: names of tables and columns, numbers, fixed texts; never a text that
   * somebody outside has written.
   */
  private static final Path KNOWN = Path.of("src", "test", "resources", "sql-operands.txt");

  @Test
  void putsNothingIntoSqlThatIsNotKnownByName() throws IOException {
    Set<String> found = new TreeSet<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"));
        var manager = compiler.getStandardFileManager(null, null, null)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(sources));
      for (CompilationUnitTree unit : task.parse()) {
        String name = Path.of(unit.getSourceFile().getName()).getFileName().toString();
        new Operands(name.replace(".java", ""), found).scan(unit, null);
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(Files.readAllLines(KNOWN));
  }

  /** Collects what is added to texts of which one begins as SQL does. */
  private static final class Operands extends TreeScanner<Void, Void> {
    private final String file;
    private final Set<String> found;

    Operands(String file, Set<String> found) {
      this.file = file;
      this.found = found;
    }

    @Override
    public @Nullable Void visitBinary(BinaryTree tree, Void nothing) {
      if (tree.getKind() != Tree.Kind.PLUS) {
        return super.visitBinary(tree, null);
      }
      List<ExpressionTree> operands = operands(tree).toList();
      if (operands.stream().anyMatch(Operands::isSql)) {
        operands.stream()
            .filter(operand -> !(operand instanceof LiteralTree))
            .forEach(operand -> found.add(file + ": " + operand));
      }
      operands.forEach(operand -> scan(operand, null));
      return null;
    }

    private static Stream<ExpressionTree> operands(ExpressionTree tree) {
      if (tree instanceof ParenthesizedTree inner) {
        return operands(inner.getExpression());
      }
      return tree instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS
          ? Stream.concat(operands(sum.getLeftOperand()), operands(sum.getRightOperand()))
          : Stream.of(tree);
    }

    private static boolean isSql(ExpressionTree operand) {
      return operand instanceof LiteralTree literal
          && literal.getValue() instanceof String text
          && SQL.matcher(text).matches();
    }
  }
}
