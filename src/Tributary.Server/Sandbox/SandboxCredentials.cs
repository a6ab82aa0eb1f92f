namespace Tributary.Server.Sandbox;

/// <summary>The credentials that tests of other projects may hard-code. They open nothing but throw-away databases.</summary>
internal sealed record SandboxCredentials
{
    public required string Key { get; init; }
    public required string NativeAdmin { get; init; }
    public required string NativeReader { get; init; }
    public required string PipedriveAdmin { get; init; }
    public required string PipedriveUser { get; init; }
    public required string AutomateNexusFull { get; init; }
    public required string AutomateNexusReadonly { get; init; }
    public required string SwitchFull { get; init; }
    public required string SwitchReadonly { get; init; }
    public required string CPodApp { get; init; }
    public required string CPodSecret { get; init; }
    public required string CPodApp2 { get; init; }
    public required string CPodSecret2 { get; init; }
    public required string YSuiteAccess { get; init; }
    public required string YSuiteSecret { get; init; }
    public required string YSuiteRevoked { get; init; }

    public string Email(string user) => Key == "a" ? $"{user}@sandbox.test" : $"{user}-{Key}@sandbox.test";

    /// <summary>
    /// Addresses are unique in the whole server, so those that a file gives are marked in the second workspace; this is the address
    /// in the file.
    /// </summary>
    public string Unmarked(string email) => Key == "a" ? email : email.Replace($"-{Key}@", "@", StringComparison.Ordinal);

    public string Marked(string email) => Key == "a" ? email : email.Replace("@", $"-{Key}@", StringComparison.Ordinal);

    public const string Password = "sandbox";

    /// <summary>
    /// The hash of <see cref="Password"/>: the password is public, so nothing is lost by not spending its hashing time at each start.
    /// </summary>
    public const string PasswordHash = "AQAAAAIAAYagAAAAEEkxp+ZE5ALrC+AvCpmXHzMaVIOWsE3HIgsKejUYxjLlshyW73tczf5dJuLWw1dhuw==";

    public static readonly SandboxCredentials A = new()
    {
        Key = "a",
        NativeAdmin = "trib_sandbox_admin",
        NativeReader = "trib_sandbox_reader",
        PipedriveAdmin = "5eed000000000000000000000000000000000001",
        PipedriveUser = "5eed000000000000000000000000000000000002",
        AutomateNexusFull = "anx_sandbox_full",
        AutomateNexusReadonly = "anx_sandbox_readonly",
        SwitchFull = "rk_live_sandbox",
        SwitchReadonly = "rk_live_sandbox_readonly",
        CPodApp = "sandbox",
        CPodSecret = "sandbox",
        CPodApp2 = "sandbox-app2",
        CPodSecret2 = "sandbox-app2",
        YSuiteAccess = "sandbox",
        YSuiteSecret = "sandbox-secret",
        YSuiteRevoked = "sandbox-revoked",
    };

    public static readonly SandboxCredentials B = new()
    {
        Key = "b",
        NativeAdmin = "trib_sandbox_admin-b",
        NativeReader = "trib_sandbox_reader-b",
        PipedriveAdmin = "5eed00000000000000000000000000000000000b",
        // "b for the last hex digit" is taken by the admin's; this one keeps its digit before the b.
        PipedriveUser = "5eed00000000000000000000000000000000002b",
        AutomateNexusFull = "anx_sandbox_full-b",
        AutomateNexusReadonly = "anx_sandbox_readonly-b",
        SwitchFull = "rk_live_sandbox-b",
        SwitchReadonly = "rk_live_sandbox_readonly-b",
        CPodApp = "sandbox-b",
        CPodSecret = "sandbox-b",
        CPodApp2 = "sandbox-app2-b",
        CPodSecret2 = "sandbox-app2-b",
        YSuiteAccess = "sandbox-b",
        YSuiteSecret = "sandbox-secret-b",
        YSuiteRevoked = "sandbox-revoked-b",
    };
}
