package sc.fiji.diffusion.engine.scheduler;

import java.util.Arrays;
import java.util.Optional;

/** The classes of schedulers that are known here, named as in diffusers. */
public enum SchedulerType {
    DDIM("DDIMScheduler"),
    PNDM("PNDMScheduler"),
    EULER("EulerDiscreteScheduler"),
    EULER_ANCESTRAL("EulerAncestralDiscreteScheduler"),
    DPM_SOLVER_MULTISTEP("DPMSolverMultistepScheduler");

    private final String className;

    SchedulerType(String className) {
        this.className = className;
    }

    /** The class in diffusers, as in the field {@code _class_name} of a {@code scheduler_config.json}. */
    public String className() {
        return className;
    }

    SchedulerSettings read(ConfigFields fields) {
        return switch (this) {
            case DDIM -> DdimScheduler.Settings.read(fields);
            case PNDM -> PndmScheduler.Settings.read(fields);
            case EULER -> EulerDiscreteScheduler.Settings.read(fields);
            case EULER_ANCESTRAL -> EulerAncestralDiscreteScheduler.Settings.read(fields);
            case DPM_SOLVER_MULTISTEP -> DpmSolverSettings.read(fields);
        };
    }

    static Optional<SchedulerType> ofClassName(String className) {
        return Arrays.stream(values())
                .filter(type -> type.className.equals(className))
                .findFirst();
    }
}
