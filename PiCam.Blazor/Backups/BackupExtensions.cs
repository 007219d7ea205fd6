namespace PiCam.Blazor.Backups;

public static class BackupExtensions
{
    /// <summary>Backups: what the panel and the command line share.</summary>
    public static IServiceCollection AddPiCamBackups(this IServiceCollection services)
    {
        services.AddSingleton<BackupMaker>();
        services.AddSingleton<BackupRestore>();
        services.AddSingleton<StagedRestore>();
        return services;
    }
}
