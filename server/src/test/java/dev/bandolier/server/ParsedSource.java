package dev.bandolier.server;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// One Java file as the compiler's parser sees it: what a rule about text needs to know, without its comments' noise.
///
/// @param name         path below the project, or what a snippet is called
/// @param lines        how many lines it has
/// @param imports      what it imports
/// @param literals     texts that it holds
/// @param mentions     members and constructors that it names, as written: `Instant.now`, `new Date`
/// @param methods      its methods
/// @param types        its types
/// @param undocumented public types without a doc comment
/// @param oldDocs      whether a doc comment is of the old form
record ParsedSource(
        String name,
        int lines,
        List<String> imports,
        List<String> literals,
        List<String> mentions,
        List<Method> methods,
        List<String> types,
        List<String> undocumented,
        boolean oldDocs) {

    /// A method and its length, from its first line to its closing brace.
    record Method(String name, int lines) {}

    /// Every Java file of these folders below the project.
    static List<ParsedSource> below(String... folders) {
        Path root = Path.of(System.getProperty("bandolier.root"));
        List<ParsedSource> parsed = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    parsed.add(of(root.relativize(file).toString().replace('\\', '/'), Files.readString(file)));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return parsed;
    }

    /// A file with this text.
    static ParsedSource of(String name, String text) {
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///" + name), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of("-proc:none"), null, List.of(file));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            Reader reader = new Reader(DocTrees.instance(task), unit);
            reader.scan(unit, null);
            return new ParsedSource(
                    name,
                    Math.toIntExact(text.lines().count()),
                    reader.imports,
                    reader.literals,
                    reader.mentions,
                    reader.methods,
                    reader.types,
                    reader.undocumented,
                    text.lines().anyMatch(line -> line.strip().startsWith("/**")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Reader extends TreePathScanner<Void, Void> {

        private final List<String> imports = new ArrayList<>();
        private final List<String> literals = new ArrayList<>();
        private final List<String> mentions = new ArrayList<>();
        private final List<Method> methods = new ArrayList<>();
        private final List<String> types = new ArrayList<>();
        private final List<String> undocumented = new ArrayList<>();
        private final DocTrees trees;
        private final CompilationUnitTree unit;

        Reader(DocTrees trees, CompilationUnitTree unit) {
            this.trees = trees;
            this.unit = unit;
        }

        @Override
        public Void visitImport(ImportTree tree, Void nothing) {
            imports.add(tree.getQualifiedIdentifier().toString());
            return null;
        }

        @Override
        public Void visitClass(ClassTree tree, Void nothing) {
            types.add(tree.getSimpleName().toString());
            boolean visible = tree.getModifiers().getFlags().contains(Modifier.PUBLIC);
            if (visible && trees.getDocComment(getCurrentPath()) == null) {
                undocumented.add(tree.getSimpleName().toString());
            }
            return super.visitClass(tree, null);
        }

        @Override
        public Void visitMethod(MethodTree tree, Void nothing) {
            methods.add(new Method(tree.getName().toString(), linesOf(tree)));
            return super.visitMethod(tree, null);
        }

        @Override
        public Void visitLiteral(LiteralTree tree, Void nothing) {
            if (tree.getValue() instanceof String text) {
                literals.add(text);
            }
            return null;
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree tree, Void nothing) {
            mentions.add(tree.toString());
            return super.visitMemberSelect(tree, null);
        }

        @Override
        public Void visitNewClass(NewClassTree tree, Void nothing) {
            ExpressionTree type = tree.getIdentifier();
            mentions.add("new " + type);
            return super.visitNewClass(tree, null);
        }

        @Override
        public Void visitMemberReference(MemberReferenceTree tree, Void nothing) {
            mentions.add(tree.getQualifierExpression() + "." + tree.getName());
            return super.visitMemberReference(tree, null);
        }

        private int linesOf(Tree tree) {
            long from = trees.getSourcePositions().getStartPosition(unit, tree);
            long to = trees.getSourcePositions().getEndPosition(unit, tree);
            return Math.toIntExact(
                    unit.getLineMap().getLineNumber(to) - unit.getLineMap().getLineNumber(from) + 1);
        }
    }
}
