namespace AltSendme.Service.Client;

/// <summary>The stable codes of what can go wrong between a program and the service. docs/errors.md explains each.</summary>
public static class ServiceCodes
{
    /// <summary>The service does not answer, or is not running and was not to be started.</summary>
    public const string NotRunning = "service.not-running";

    /// <summary>The service's program is not installed.</summary>
    public const string NotInstalled = "service.not-installed";

    /// <summary>The service could not start or ended in the middle of an answer.</summary>
    public const string Failed = "service.failed";

    /// <summary>There is no share or receive with that id.</summary>
    public const string NotFound = "service.not-found";

    /// <summary>The request can't be used as it is.</summary>
    public const string BadRequest = "service.bad-request";

    /// <summary>It can't be done in the state that the share or receive is in.</summary>
    public const string Conflict = "service.conflict";

    /// <summary>The service does as much as it may at once.</summary>
    public const string Busy = "service.busy";

    /// <summary>A window's request comes without a session: it was never let in, or the service has ended since.</summary>
    public const string NoSession = "service.no-session";

    /// <summary>A request to the windows' address that another site made, or that names another host.</summary>
    public const string Foreign = "service.foreign-request";

    /// <summary>A ticket is too long for what was asked of it.</summary>
    public const string TooLong = "service.too-long";

    /// <summary>A window can't be shown: there is no browser, or no desktop.</summary>
    public const string NoBrowser = "service.no-browser";
}
