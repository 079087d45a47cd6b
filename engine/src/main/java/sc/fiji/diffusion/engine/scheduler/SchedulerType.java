package sc.fiji.diffusion.engine.scheduler;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** The classes of schedulers that are known here, named as in diffusers. */
public enum SchedulerType {
    DDIM("DDIMScheduler", DdimScheduler.Settings::read),
    DDPM("DDPMScheduler", DdpmScheduler.Settings::read),
    DEIS_MULTISTEP("DEISMultistepScheduler", DeisMultistepScheduler.Settings::read),
    DPM_SOLVER_MULTISTEP("DPMSolverMultistepScheduler", DpmSolverMultistepScheduler.Settings::read),
    DPM_SOLVER_SINGLESTEP("DPMSolverSinglestepScheduler", DpmSolverSinglestepScheduler.Settings::read),
    EDM_DPM_SOLVER_MULTISTEP("EDMDPMSolverMultistepScheduler", EdmDpmSolverMultistepScheduler.Settings::read),
    EDM_EULER("EDMEulerScheduler", EdmEulerScheduler.Settings::read),
    EULER("EulerDiscreteScheduler", EulerDiscreteScheduler.Settings::read),
    EULER_ANCESTRAL("EulerAncestralDiscreteScheduler", EulerAncestralDiscreteScheduler.Settings::read),
    FLOW_MATCH_EULER("FlowMatchEulerDiscreteScheduler", FlowMatchEulerDiscreteScheduler.Settings::read),
    HEUN("HeunDiscreteScheduler", HeunDiscreteScheduler.Settings::read),
    K_DPM_2("KDPM2DiscreteScheduler", KDpm2DiscreteScheduler.Settings::read),
    K_DPM_2_ANCESTRAL("KDPM2AncestralDiscreteScheduler", KDpm2AncestralDiscreteScheduler.Settings::read),
    LCM("LCMScheduler", LcmScheduler.Settings::read),
    LMS("LMSDiscreteScheduler", LmsDiscreteScheduler.Settings::read),
    PNDM("PNDMScheduler", PndmScheduler.Settings::read),
    TCD("TCDScheduler", TcdScheduler.Settings::read),
    UNI_PC_MULTISTEP("UniPCMultistepScheduler", UniPcMultistepScheduler.Settings::read);

    private final String className;

    @SuppressWarnings("ImmutableEnumChecker") // references to static methods hold nothing
    private final Function<ConfigFields, SchedulerSettings> reader;

    SchedulerType(String className, Function<ConfigFields, SchedulerSettings> reader) {
        this.className = className;
        this.reader = reader;
    }

    /** The class in diffusers, as in the field {@code _class_name} of a {@code scheduler_config.json}. */
    public String className() {
        return className;
    }

    SchedulerSettings read(ConfigFields fields) {
        return reader.apply(fields);
    }

    static Optional<SchedulerType> ofClassName(String className) {
        return Arrays.stream(values())
                .filter(type -> type.className.equals(className))
                .findFirst();
    }
}
