using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace PiCam.Blazor.Data;

/// <summary>PiCam's database: people, tokens, links, what was done, settings and the library's index. Roles are a column of the user, not tables.</summary>
public sealed class PiCamDbContext(DbContextOptions<PiCamDbContext> options) : IdentityUserContext<PiCamUser>(options)
{
    // What is compared is a number: SQLite compares texts, which are in no order.
    private static readonly ValueConverter<DateTimeOffset, long> Ticks =
        new(at => at.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    public DbSet<Setting> Settings => Set<Setting>();

    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();

    public DbSet<UserSession> UserSessions => Set<UserSession>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<GuestLink> GuestLinks => Set<GuestLink>();

    public DbSet<AuditRow> AuditRows => Set<AuditRow>();

    public DbSet<MediaRow> MediaItems => Set<MediaRow>();

    /// <summary>Identity's tables are as its options say: with passkeys, wherever the context comes from.</summary>
    internal static void Configure(IdentityOptions options) => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;

    protected override void OnModelCreating(ModelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        base.OnModelCreating(builder);
        builder.Entity<PiCamUser>().Property(user => user.Role).HasConversion<string>().HasMaxLength(32);
        builder.Entity<Setting>(setting =>
        {
            setting.HasKey(row => row.Key);
            setting.Property(row => row.Key).HasMaxLength(200);
        });
        builder.Entity<ApiToken>(token =>
        {
            token.Property(row => row.Name).HasMaxLength(64).UseCollation("NOCASE");
            token.Property(row => row.ExpiresAt).HasConversion(Ticks);
            token.Property(row => row.Role).HasConversion<string>().HasMaxLength(32);
            token.HasIndex(row => new { row.OwnerId, row.Name }).IsUnique();
            token.HasIndex(row => row.Hash).IsUnique();
            token.HasOne(row => row.Owner).WithMany().HasForeignKey(row => row.OwnerId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<UserSession>(session =>
        {
            session.Property(row => row.Id).HasMaxLength(32);
            session.Property(row => row.LastSeenAt).HasConversion(Ticks);
            session.HasOne(row => row.User).WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<Invitation>(invitation =>
        {
            invitation.Property(row => row.ExpiresAt).HasConversion(Ticks);
            invitation.Property(row => row.Role).HasConversion<string>().HasMaxLength(32);
            invitation.HasIndex(row => row.Hash).IsUnique();
        });
        builder.Entity<GuestLink>(link =>
        {
            link.Property(row => row.ExpiresAt).HasConversion(Ticks);
            link.HasIndex(row => row.Hash).IsUnique();
        });
        builder.Entity<AuditRow>(audit =>
        {
            audit.Property(row => row.At).HasConversion(Ticks);
            audit.Property(row => row.Action).HasConversion<string>().HasMaxLength(32);
            audit.HasIndex(row => row.At);
        });
        builder.Entity<MediaRow>(media =>
        {
            media.Property(row => row.Id).HasMaxLength(32);
            media.Property(row => row.Kind).HasConversion<string>().HasMaxLength(32);
            media.HasIndex(row => row.Path).IsUnique();

            // What is there, in the order in which it is seen; what is deleted is only looked for by its deletion.
            const string There = "\"DeletedAt\" IS NULL";
            media.HasIndex(row => new { row.TakenAt, row.Id }).HasFilter(There);
            media.HasIndex(row => new { row.Kind, row.TakenAt, row.Id }).HasFilter(There);
            media.HasIndex(row => new { row.Preset, row.TakenAt, row.Id }).HasFilter(There);

            // With all that is asked of them, the filter's column too, so that runs are collapsed and days counted from the index alone.
            media.HasIndex(row => new { row.Sequence, row.TakenAt, row.Id, row.Kind, row.DeletedAt }).HasFilter(There);
            media.HasIndex(row => new { row.Day, row.Kind, row.DeletedAt }).HasFilter(There);
            media.HasIndex(row => row.DeletedAt).HasFilter("\"DeletedAt\" IS NOT NULL");
        });
    }
}
