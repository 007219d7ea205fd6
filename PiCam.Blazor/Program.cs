using PiCam.Blazor;
using PiCam.Blazor.CommandLine;
using PiCam.Blazor.StartUp;

FileCreationMask.KeepPrivate();
NativeMemory.KeepSmall();
return PanelCommands.Wants(args)
    ? await PanelCommands.RunAsync(args)
    : await PanelApplication.RunAsync(args);
