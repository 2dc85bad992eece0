using System.Text.Json;
using System.Text.Json.Serialization;
using Signalbox.Server.Identity.Sessions;
using Signalbox.Server.Identity.Tenants;
using Signalbox.Server.Identity.Tokens;
using Signalbox.Server.Identity.Users;
using Signalbox.Server.Platform.Json;

namespace Signalbox.Server.Identity;

/// <summary>The wire types of this slice.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(InstantConverter)], UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ApiToken))]
[JsonSerializable(typeof(ApiTokenList))]
[JsonSerializable(typeof(CreateApiToken))]
[JsonSerializable(typeof(CreatedApiToken))]
[JsonSerializable(typeof(ScopeList))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(UserList))]
[JsonSerializable(typeof(CreateUser))]
[JsonSerializable(typeof(CreatedUser))]
[JsonSerializable(typeof(ChangeUser))]
[JsonSerializable(typeof(Tenant))]
[JsonSerializable(typeof(TenantList))]
[JsonSerializable(typeof(CreateTenant))]
[JsonSerializable(typeof(SessionInfo))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(LinkSignInRequest))]
[JsonSerializable(typeof(PasswordRequest))]
[JsonSerializable(typeof(TenantRequest))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
internal sealed partial class IdentityJson : JsonSerializerContext;
