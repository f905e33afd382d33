package io.blazedb.tck.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Processor time that this process has used, all threads together: what others do on the machine hardly changes it. */
final class Cpu {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Cpu() {}

    static long nanos() {
        return SYSTEM.getProcessCpuTime();
    }
}
