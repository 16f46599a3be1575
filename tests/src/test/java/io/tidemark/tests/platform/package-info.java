/** The distribution as its users run it: started as a process, fed through its doors, killed, started again. */
@NullMarked
package io.tidemark.tests.platform;

import org.jspecify.annotations.NullMarked;
