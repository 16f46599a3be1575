package io.tidemark.deploy.correlator;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the child JVM is started: with the Java that runs this process.
 *
 * @param classPath as `java -cp` takes it; `folder/*` for all jars of a folder
 * @param mainClass its main class
 * @param jvmOptions heap, collector and the like
 * @param arguments program arguments
 */
public record ChildCommand(String classPath, String mainClass, List<String> jvmOptions, List<String> arguments) {
    public ChildCommand {
        jvmOptions = List.copyOf(jvmOptions);
        arguments = List.copyOf(arguments);
    }

    List<String> line() {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(jvmOptions);
        line.add("-cp");
        line.add(classPath);
        line.add(mainClass);
        line.addAll(arguments);
        return line;
    }
}
